import path from 'node:path'
import { Command, Option } from 'commander'
import { makeClips } from '../domain/make.ts'
import { profileOfName } from '../domain/profile.ts'
import {
  type ClipOptions,
  clipRequest,
  type GeneralOptions,
  withClipOptions,
  withGeneralOptions,
} from './options.ts'
import { humanBytes, table } from './output.ts'
import { withSession } from './session.ts'

export function makeCommand(): Command {
  const command = new Command('make')
    .description('turn footage into finished clips')
    .argument('<video...>', 'one or many recordings')
    .option('--out <dir>', 'folder for the finished files (default: cutroom-out/<profile>)')
    .addOption(
      new Option('--sidecar <format>', 'also write the captions as a file beside each clip').choices([
        'srt',
        'vtt',
      ]),
    )
  return withGeneralOptions(withClipOptions(command)).action(
    async (
      videos: string[],
      options: GeneralOptions & ClipOptions & { out?: string; sidecar?: 'srt' | 'vtt' },
    ) => {
      const request = await clipRequest(videos, options)
      const folder = path.resolve(options.out ?? path.join('cutroom-out', folderName(options.profile)))
      const delivery = { folder, sidecar: options.sidecar ?? null }
      const { exports, overlap } = await withSession(options, (session) =>
        session.job(options.profile, (job) => makeClips(job, request, delivery)),
      )
      if (options.json) {
        process.stdout.write(`${JSON.stringify({ type: 'result', exports, overlap })}\n`)
        return
      }
      process.stdout.write(`${exportTable(exports)}\n`)
    },
  )
}

interface ExportRow {
  readonly file: string
  readonly durationSeconds: number
  readonly sizeBytes: number
  readonly seconds: number
  readonly made: boolean
}

/** What was made, for people: file, duration, size, time and place. */
export const exportTable = (exports: readonly ExportRow[]): string =>
  table(
    ['file', 'duration', 'size', 'took', 'where'],
    exports.map(({ file, durationSeconds, sizeBytes, seconds, made }) => [
      path.basename(file),
      `${durationSeconds.toFixed(1)} s`,
      humanBytes(sizeBytes),
      made ? `${seconds.toFixed(1)} s` : 'found',
      path.dirname(path.relative(process.cwd(), file)) || '.',
    ]),
  )

/** A profile's name as a folder that every system takes; where that changes it, with a part of its id, so that no two share one. */
function folderName(profile: string): string {
  const { id, name } = profileOfName(profile)
  const plain = name.replace(/[^\p{L}\p{N}_-]+/gu, '-')
  return plain === name ? name : `${plain}-${id.slice(0, 8)}`
}
