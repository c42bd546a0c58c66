import path from 'node:path'
import { CutroomError, EXIT } from '@cutroom/contracts'
import { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { type GeneralOptions, withGeneralOptions } from './options.ts'
import { table } from './output.ts'
import { interruptible } from './session.ts'

// The engine is loaded in each function that wants it: the other commands, and help, start without it.

/** One thing that Cutroom uses, whether it is there, and what is lost where it is not. */
interface Finding {
  readonly name: string
  /** `missing` stops work; `absent` costs something. */
  readonly state: 'ok' | 'absent' | 'missing'
  /** Its version or place, or why it is not there. */
  readonly detail: string
  /** What it costs where it is not there. */
  readonly cost: string
}

export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description('say what is installed, in which version, and what each missing thing costs')
    .option('--voices', 'list every voice instead', false)
  return withGeneralOptions(command).action((options: GeneralOptions & { voices: boolean }) =>
    interruptible(() => report(options)),
  )
}

async function report(options: GeneralOptions & { voices: boolean }): Promise<void> {
  const config = readConfig()
  if (options.voices) return printVoices(config, options.json)
  const findings = await examine(config)
  if (options.json)
    for (const finding of findings)
      process.stdout.write(`${JSON.stringify({ type: 'finding', ...finding })}\n`)
  else {
    const mark = { ok: '✓', absent: '–', missing: '✗' }
    const rows = findings.map(({ name, state, detail, cost }) => [
      mark[state],
      name,
      detail,
      state === 'ok' ? '' : cost,
    ])
    process.stdout.write(`${table(['', 'what', 'found', 'without it'], rows)}\n`)
  }
  if (findings.some(({ state }) => state === 'missing')) process.exitCode = EXIT.tool
}

async function printVoices(config: Config, json: boolean): Promise<void> {
  const { espeakProvider, listVoices } = await import('@cutroom/speech')
  const voices = await listVoices([espeakProvider({ command: config.espeak })])
  const rows = voices.map(({ provider, voice }) => ({
    id: `${provider.id}:${voice.id}`,
    name: voice.name,
    languages: voice.languages,
    gender: voice.gender,
  }))
  if (json) for (const row of rows) process.stdout.write(`${JSON.stringify({ type: 'voice', ...row })}\n`)
  else
    process.stdout.write(
      `${table(
        ['voice', 'name', 'languages', 'gender'],
        rows.map((row) => [row.id, row.name, row.languages.join(', '), row.gender ?? '']),
      )}\n`,
    )
}

/** Looks at everything in turn; one missing thing does not hide another. */
async function examine(config: Config): Promise<Finding[]> {
  const node: Finding = {
    name: 'Node',
    state: 'ok',
    detail: `${process.version} at ${process.execPath}`,
    cost: '',
  }
  return [node, ...(await examineFfmpeg(config)), await examineSpeech(config), await examineFonts()]
}

async function examineFfmpeg(config: Config): Promise<Finding[]> {
  try {
    const { detectTools, listCapabilities } = await import('@cutroom/media')
    const tools = await detectTools(config)
    const has = await listCapabilities(tools)
    const need = (name: string, there: boolean, cost: string): Finding => ({
      name,
      state: there ? 'ok' : 'missing',
      detail: there ? 'built in' : 'not in this ffmpeg',
      cost,
    })
    const { sandbox } = tools
    return [
      { name: 'ffmpeg', state: 'ok', detail: `${tools.version} at ${tools.ffmpeg}`, cost: '' },
      { name: 'ffprobe', state: 'ok', detail: tools.ffprobe, cost: '' },
      need('libx264', has.encoders.has('libx264'), 'no export and no proxy can be encoded'),
      need('libass', has.filters.has('ass'), 'captions cannot be burnt in; use --captions none'),
      need('libzimg', has.filters.has('zscale'), 'HDR footage cannot be used'),
      {
        name: 'hardware encoders',
        state: has.hardwareEncoders.length > 0 ? 'ok' : 'absent',
        detail: has.hardwareEncoders.join(', ') || 'none that work here',
        cost: 'nothing today: exports are made by libx264, for the same bytes everywhere',
      },
      {
        name: 'sandbox',
        state: sandbox.bwrap ? 'ok' : 'absent',
        detail: sandbox.bwrap ? `bubblewrap at ${sandbox.bwrap}` : (sandbox.reason ?? ''),
        cost: 'ffmpeg can read what you can read: use it for footage that you trust',
      },
      {
        name: 'limits',
        state: sandbox.prlimit ? 'ok' : 'absent',
        detail: sandbox.prlimit ?? 'prlimit (util-linux) is not installed',
        cost: 'a runaway output is only stopped by its time limit',
      },
    ]
  } catch (thrown) {
    return [
      {
        name: 'ffmpeg',
        state: 'missing',
        detail: whyMissing(thrown),
        cost: `nothing works; install it with ${installCommand()}`,
      },
    ]
  }
}

async function examineSpeech(config: Config): Promise<Finding> {
  const name = path.basename(config.espeak)
  try {
    const { espeakProvider } = await import('@cutroom/speech')
    const provider = espeakProvider({ command: config.espeak })
    const { version } = await provider.engine()
    const voices = await provider.voices()
    return { name, state: 'ok', detail: `${version}, ${voices.length} voices`, cost: '' }
  } catch (thrown) {
    return {
      name,
      state: 'absent',
      detail: whyMissing(thrown),
      cost: 'scripts cannot be spoken offline; recorded voices work',
    }
  }
}

/** Why a tool is missing; whatever else failed is thrown again. */
function whyMissing(thrown: unknown): string {
  if (thrown instanceof CutroomError && thrown.code === 'tool-missing') return thrown.message
  throw thrown
}

async function examineFonts(): Promise<Finding> {
  const { captionFonts } = await import('@cutroom/media')
  const families = captionFonts().map((family) => family.name)
  return { name: 'caption fonts', state: 'ok', detail: families.join(', '), cost: '' }
}

const installCommand = (): string =>
  process.platform === 'darwin'
    ? '`brew install ffmpeg espeak-ng`'
    : '`sudo apt-get install ffmpeg espeak-ng bubblewrap`'
