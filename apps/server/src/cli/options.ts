import path from 'node:path'
import {
  CAPTION_LOOKS,
  type CaptionStyleId,
  CutroomError,
  captionStyleIdSchema,
  PRESETS,
  type Preset,
  presetUnknown,
} from '@cutroom/contracts'
import { Command, InvalidArgumentError } from 'commander'
import { type Config, readConfig } from '../config.ts'
import type { ClipRequest } from '../domain/clips.ts'
import { readUtf8File } from '../domain/text-file.ts'

/** Options that every command understands. */
export interface GeneralOptions {
  readonly json: boolean
  readonly verbose: boolean
  readonly data?: string
}

export const withGeneralOptions = (command: Command): Command =>
  command
    .option('--json', 'print one JSON object per line instead of text', false)
    .option('--verbose', "show the last lines of ffmpeg's own words when something fails", false)
    .option('--data <dir>', 'folder in which Cutroom keeps scratch and finished artifacts (CUTROOM_DATA)')

/** Options of commands that work against a server or the data folder of this machine. */
export interface ApiOptions extends GeneralOptions {
  readonly server?: string
  readonly key?: string
  readonly profile?: string
}

export const withApiOptions = (command: Command): Command =>
  withGeneralOptions(command)
    .option('--server <url>', 'work against a server instead of the data folder (CUTROOM_SERVER)')
    .option('--key <key>', 'API key for the server; CUTROOM_KEY keeps it out of the list of processes')

/** A command: `name <argument>`. */
export function commandOf(usage: string, description: string): Command {
  const [name, ...rest] = usage.split(' ')
  const command = new Command(name).description(description)
  return rest.length > 0 ? command.arguments(rest.join(' ')) : command
}

/** A command that works through the API. */
export const apiCommand = (usage: string, description: string): Command =>
  withApiOptions(commandOf(usage, description))

/** The same, about one brand. */
export const profileCommand = (usage: string, description: string): Command =>
  apiCommand(usage, description).option('--profile <name>', 'the brand (default: the default profile)')

/** The settings, with the data folder that an option names. */
export function configFor({ data }: Pick<GeneralOptions, 'data'>): Config {
  const config = readConfig()
  return data === undefined ? config : { ...config, dataDir: path.resolve(data) }
}

/** A number inside of limits, for commander. */
export function numberBetween(low: number, high: number, whole: boolean): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
      throw new InvalidArgumentError(
        `It must be ${whole ? 'a whole number' : 'a number'} from ${low} to ${high}.`,
      )
    }
    return value
  }
}

export function presetById(id: string): Preset {
  const preset = PRESETS.find((candidate) => candidate.id === id)
  if (preset) return preset
  const known = PRESETS.map((candidate) => candidate.id)
  throw presetUnknown(id, known, 'preset')
}

export interface ClipOptions {
  readonly profile: string
  readonly variants: number
  readonly duration?: number
  readonly script?: string
  readonly scriptFile?: string
  readonly voice?: string
  readonly captions?: string
  readonly srt?: string
  readonly audio?: string
  readonly music?: string
  readonly preset?: string
  readonly seed: number
  readonly bestEffort: boolean
}

/** Where nothing is said and no server is asked, which takes the profile's own. */
const DEFAULTS = { voice: 'espeak:en-us', captions: 'highlight', preset: 'reels' } as const

/** The options that decide clips: the same for `make`, `select` and `plan`. */
export const withClipOptions = (command: Command): Command =>
  command
    .requiredOption('--profile <name>', 'the brand that the clips belong to')
    .option('--variants <n>', 'how many different clips to make, 1 to 20', numberBetween(1, 20, true), 3)
    .option(
      '--duration <s>',
      'length of a clip in seconds, 1.5 to 600; with a voice, its length decides (default: 20)',
      numberBetween(1.5, 600, false),
    )
    .option('--script <text>', 'words that a voice speaks')
    .option('--script-file <file>', 'the same, from a text file')
    .option(
      '--voice <id>',
      `voice that speaks the script; see \`cutroom doctor --voices\` (default: ${DEFAULTS.voice})`,
    )
    .option(
      '--captions <style>',
      `burnt-in captions: ${CAPTION_LOOKS.join(', ')} or none; a colour and a place may follow: boxed#14532d@top (default: ${DEFAULTS.captions})`,
    )
    .option('--srt <file>', 'captions from an SRT or VTT file instead of the script')
    .option('--audio <file>', 'a recorded voice instead of a synthetic one')
    .option('--music <file>', 'music that lies under everything')
    .option(
      '--preset <id>',
      `target of the export: ${PRESETS.map((preset) => preset.id).join(', ')} (default: ${DEFAULTS.preset})`,
    )
    .option('--seed <n>', 'another seed chooses other cuts', numberBetween(0, 2 ** 32 - 1, true), 1)
    .option(
      '--best-effort',
      'allow clips that are shorter than asked for, where the footage is too short',
      false,
    )

/** What is asked for, before anybody's defaults: what is `undefined` was not named. */
export interface OpenRequest extends Omit<ClipRequest, 'voiceId' | 'captionStyle' | 'preset'> {
  readonly voiceId: string | undefined
  readonly captionStyle: CaptionStyleId | null | undefined
  readonly presetId: string | undefined
}

/** Turns parsed options into what they ask for. Throws for combinations that make no sense. */
export async function openRequest(videos: readonly string[], options: ClipOptions): Promise<OpenRequest> {
  if (options.script !== undefined && options.scriptFile !== undefined) {
    throw new CutroomError('usage-invalid', 'Give the script by --script or by --script-file, not by both.')
  }
  const script =
    options.scriptFile === undefined ? options.script : await readUtf8File(options.scriptFile, 'script-file')
  const absolute = (file: string | undefined) => (file === undefined ? null : path.resolve(file))
  return {
    videos: videos.map((video) => path.resolve(video)),
    variants: options.variants,
    durationSeconds: options.duration ?? null,
    script: script ?? null,
    voiceId: options.voice,
    recording: absolute(options.audio),
    music: absolute(options.music),
    captionFile: absolute(options.srt),
    captionStyle: options.captions === undefined ? undefined : captionStyleOf(options.captions),
    presetId: options.preset,
    seed: options.seed,
    bestEffort: options.bestEffort,
  }
}

/** Turns parsed options into the request of the domain. Throws for combinations that make no sense. */
export async function clipRequest(videos: readonly string[], options: ClipOptions): Promise<ClipRequest> {
  const { presetId, ...asked } = await openRequest(videos, options)
  return {
    ...asked,
    voiceId: asked.voiceId ?? DEFAULTS.voice,
    captionStyle: asked.captionStyle === undefined ? DEFAULTS.captions : asked.captionStyle,
    preset: presetById(presetId ?? DEFAULTS.preset),
  }
}

/** The caption style of an option; `null` for `none`. Throws `field-invalid`. */
export function captionStyleOf(name: string): CaptionStyleId | null {
  if (name === 'none') return null
  const style = captionStyleIdSchema.safeParse(name)
  if (style.success) return style.data
  const known = [...CAPTION_LOOKS, 'none'].join(', ')
  throw new CutroomError(
    'field-invalid',
    `There is no caption style ${JSON.stringify(name)}; there are ${known}. A colour and a place may follow: boxed#14532d@top.`,
    { field: 'captions' },
  )
}
