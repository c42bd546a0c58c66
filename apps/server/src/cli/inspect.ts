import path from 'node:path'
import { Command } from 'commander'
import type { Clip, ClipSet } from '../domain/clips.ts'
import { deliver } from '../domain/deliver.ts'
import { together } from '../together.ts'
import {
  type ClipOptions,
  clipRequest,
  type GeneralOptions,
  withClipOptions,
  withGeneralOptions,
} from './options.ts'
import { table } from './output.ts'
import { withSession } from './session.ts'

// The engine is loaded in the commands that want it: the other ones, and help, start without it.

/** Probing leaves nothing behind, but it needs a scratch folder to stand in, and no scratch is without a profile. */
const PROBE_PROFILE = 'probe'

const print = (text: string) => process.stdout.write(`${text}\n`)
const printJson = (record: unknown) => print(JSON.stringify(record))

export function probeCommand(): Command {
  const command = new Command('probe')
    .description('say what a file is: streams, duration, frame rate, rotation, colour')
    .argument('<file...>')
  return withGeneralOptions(command).action(async (files: string[], options: GeneralOptions) => {
    const { probeFile } = await import('@cutroom/media')
    await withSession(options, ({ job }) =>
      job(PROBE_PROFILE, async ({ studio, scratch, signal }) => {
        for (const file of files) {
          const folder = await scratch.folder('probe')
          const probe = await probeFile(studio.tools, path.resolve(file), { scratchDir: folder, signal })
          if (options.json) printJson({ type: 'probe', file, ...probe })
          else print(`${file}\n${JSON.stringify(probe, null, 2)}`)
        }
      }),
    )
  })
}

export function ingestCommand(): Command {
  const command = new Command('ingest')
    .description('decode footage once and keep what later steps need: features, proxy, filmstrip, waveform')
    .argument('<video...>')
    .requiredOption('--profile <name>', 'the brand that the footage belongs to')
  return withGeneralOptions(command).action(
    async (videos: string[], options: GeneralOptions & { profile: string }) => {
      const { openSource } = await import('../domain/sources.ts')
      const sources = await withSession(options, ({ job }) =>
        job(options.profile, (task) =>
          together(
            task.stop,
            videos.map((video) => openSource(task, path.resolve(video))),
          ),
        ),
      )
      const rows = sources.map(({ id, name, probe, features, proxyPath, randomAccess }) => ({
        id,
        name,
        durationSeconds: probe.durationSeconds,
        hardCuts: features.hardCuts.length,
        randomAccess,
        folder: path.dirname(proxyPath),
      }))
      if (options.json) for (const row of rows) printJson({ type: 'source', ...row })
      else {
        const cells = rows.map((row) => [
          row.name,
          `${row.durationSeconds.toFixed(1)} s`,
          String(row.hardCuts),
          row.id.slice(0, 12),
          row.folder,
        ])
        print(table(['source', 'duration', 'hard cuts', 'id', 'where'], cells))
      }
    },
  )
}

export function selectCommand(): Command {
  const command = new Command('select')
    .description('show the timelines that would be chosen, and why each cut')
    .argument('<video...>')
    .option('--previews <dir>', 'also write a preview of each variant there; nothing is encoded for it')
  return withGeneralOptions(withClipOptions(command)).action(
    async (videos: string[], options: GeneralOptions & ClipOptions & { previews?: string }) => {
      const request = await clipRequest(videos, options)
      const { previews } = options
      const { prepareClips } = await import('../domain/clips.ts')
      const { PREVIEW_FILE, previewTimeline } = await import('../domain/previews.ts')
      const { set, files } = await withSession(options, ({ job }) =>
        job(options.profile, async (task) => {
          const prepared = await prepareClips(task, request)
          const written: string[] = []
          for (const clip of previews === undefined ? [] : prepared.clips) {
            const proxies = new Map([...prepared.sources].map(([id, { proxyPath }]) => [id, proxyPath]))
            const preview = await previewTimeline(task, `clip ${clip.number}`, clip.cuts, proxies)
            const file = preview.path(PREVIEW_FILE)
            written.push(
              await deliver(file, path.resolve(previews ?? '.'), `preview-${clip.number}`, task.signal),
            )
          }
          return { set: prepared, files: written }
        }),
      )
      if (options.json) {
        for (const { number, cuts, cues } of set.clips) printJson({ type: 'clip', number, cuts, cues })
        printJson({ type: 'overlap', ...set.overlap })
        return
      }
      for (const clip of set.clips) print(`${timelineText(clip, set)}\n`)
      if (set.clips.length > 1) print(overlapText(set))
      for (const file of files) print(`preview  ${path.relative(process.cwd(), file)}`)
    },
  )
}

function timelineText(clip: Clip, { sources }: ClipSet): string {
  const rows = clip.cuts.map(({ sourceId, start, end, score, why }, index) => [
    String(index + 1),
    sources.get(sourceId)?.name ?? sourceId,
    start.toFixed(2),
    end.toFixed(2),
    (end - start).toFixed(2),
    score.toFixed(2),
    why,
  ])
  const length = clip.cuts.reduce((sum, cut) => sum + cut.end - cut.start, 0)
  const head = `clip ${clip.number}: ${clip.cuts.length} cuts, ${length.toFixed(2)} s`
  return `${head}\n${table(['#', 'source', 'from', 'to', 'length', 'score', 'why'], rows)}`
}

function overlapText({ clips, overlap }: ClipSet): string {
  const names = clips.map((clip) => `clip ${clip.number}`)
  const rows = overlap.matrix.map((row, index) => [
    names[index] ?? '',
    ...row.map((value, column) => (column === index ? '·' : `${(100 * value).toFixed(0)} %`)),
  ])
  return `footage shared between clips\n${table(['', ...names], rows)}`
}

export function planCommand(): Command {
  const command = new Command('plan')
    .description(
      'print the exact ffmpeg commands of a render without running it (footage is ingested and the script spoken)',
    )
    .argument('<video...>')
  return withGeneralOptions(withClipOptions(command)).action(
    async (videos: string[], options: GeneralOptions & ClipOptions) => {
      const request = await clipRequest(videos, options)
      const { commandLine, renderCommands } = await import('@cutroom/media')
      const { prepareClips } = await import('../domain/clips.ts')
      const { planExport } = await import('../domain/exports.ts')
      const planned = await withSession(options, ({ job }) =>
        job(options.profile, async (task) => {
          const { clips, sources } = await prepareClips(task, request)
          const plans = []
          for (const clip of clips)
            plans.push({ clip, ...(await planExport(task, clip, sources, request.preset)) })
          return plans
        }),
      )
      for (const { clip, plan, recipe } of planned) {
        const ffmpeg = (args: readonly string[]) => commandLine({ tool: 'ffmpeg', args })
        const { sound, pictures, encode } = renderCommands(plan)
        const commands = { sound: sound.map(ffmpeg), pictures: pictures.map(ffmpeg), encode: ffmpeg(encode) }
        if (options.json) printJson({ type: 'plan', clip: clip.number, recipe, commands })
        else {
          print(`# clip ${clip.number}: ${plan.frames} frames`)
          print('# sound; what is measured on the way stands as <measured>')
          for (const line of commands.sound) print(line.map(shellWord).join(' '))
          print("# pictures: one after the other into the encoder's stdin")
          for (const line of [...commands.pictures, commands.encode]) print(line.map(shellWord).join(' '))
          print('')
        }
      }
    },
  )
}

/** A word as a POSIX shell reads it back unchanged. */
const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
