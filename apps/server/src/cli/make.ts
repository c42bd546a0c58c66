import path from 'node:path'
import { Command, Option } from 'commander'
import { profileOfName } from '../domain/profile.ts'
import { serverOf, withApi } from './connect.ts'
import { type DownloadedExport, makeOnServer } from './make-remote.ts'
import {
  type ApiOptions,
  type ClipOptions,
  clipRequest,
  openRequest,
  withApiOptions,
  withClipOptions,
} from './options.ts'
import { humanBytes, printRecords, table } from './output.ts'
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
  return withApiOptions(withClipOptions(command)).action(
    async (
      videos: string[],
      options: ApiOptions & ClipOptions & { out?: string; sidecar?: 'srt' | 'vtt' },
    ) => {
      const folder = path.resolve(options.out ?? path.join('cutroom-out', folderName(options.profile)))
      const delivery = { folder, sidecar: options.sidecar ?? null }
      if (serverOf(options) !== null) {
        const asked = await openRequest(videos, options)
        const { exports, failure } = await withApi(options, (api, { signal }) =>
          makeOnServer(api, asked, delivery, { ...options, signal }),
        )
        if (failure === null || exports.length > 0)
          printRecords(options, 'export', exports, () => downloadTable(exports))
        if (failure !== null) throw failure
        return
      }
      const request = await clipRequest(videos, options)
      // Loaded where it is wanted: on a server's side, and for help, nothing is made here.
      const { makeClips } = await import('../domain/make.ts')
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

/** The same for what a server made. */
const downloadTable = (exports: readonly DownloadedExport[]): string =>
  table(
    ['file', 'duration', 'size', 'where'],
    exports.map(({ file, durationSeconds, sizeBytes }) => [
      path.basename(file),
      `${durationSeconds.toFixed(1)} s`,
      humanBytes(sizeBytes),
      path.dirname(path.relative(process.cwd(), file)) || '.',
    ]),
  )

/** A profile's name as a folder that every system takes; where that changes it, with a part of its id, so that no two share one. */
function folderName(profile: string): string {
  const { id, name } = profileOfName(profile)
  const plain = name.replace(/[^\p{L}\p{N}_-]+/gu, '-')
  return plain === name ? name : `${plain}-${id.slice(0, 8)}`
}
