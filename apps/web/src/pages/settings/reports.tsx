import type { ReactNode } from 'react'
import type { Schemas } from '../../api/client.ts'
import { count, formatBytes } from '../../format.ts'

/** Why a folder was left alone. */
const KEPT: Readonly<Record<string, string>> = {
  alive: 'its job is at work',
  'lease-running': 'its job may be at work',
  'too-young': 'its job was at work a moment ago',
  'owner-unknown': 'it cannot be proven that its job has ended',
  'not-ours': 'it is not from Cutroom',
  'no-permission': 'the server may not remove it',
}

const COLLECTED: Readonly<Record<string, string>> = {
  source: 'Sources',
  ingest: 'Analyses of sources',
  preview: 'Previews',
  thumbnail: 'Thumbnails',
  voiceover: 'Voices',
  export: 'Exports',
  logo: 'Logos',
}

interface ReportProps<R> {
  readonly report: R
  /** Whether it happened; else it is what would. */
  readonly done: boolean
}

export function CleanReport({
  report: { removed, kept, bytesFreed },
  done,
}: ReportProps<Schemas['CleanReport']>) {
  const folders = count(removed.length, 'folder')
  return (
    <div className="space-y-4">
      <Summary done={done} nothing={removed.length === 0} what={folders} bytes={bytesFreed} />
      {removed.length > 0 && (
        <Lines
          title={done ? 'Removed' : 'Can be removed'}
          lines={removed.map(({ name, sizeBytes }) => [attemptOf(name), formatBytes(sizeBytes)])}
        />
      )}
      {kept.length > 0 && (
        <Lines title="Kept" lines={kept.map(({ name, why }) => [attemptOf(name), KEPT[why] ?? why])} />
      )}
    </div>
  )
}

export function CollectReport({
  report: { removed, bytesFreed },
  done,
}: ReportProps<Schemas['CollectReport']>) {
  const files = removed.reduce((sum, { count }) => sum + count, 0)
  return (
    <div className="space-y-4">
      <Summary done={done} nothing={removed.length === 0} what={count(files, 'file')} bytes={bytesFreed} />
      {removed.length > 0 && (
        <Lines
          title={done ? 'Removed' : 'Can be removed'}
          lines={removed.map(({ kind, count, sizeBytes }) => [
            `${COLLECTED[kind] ?? kind}: ${count}`,
            formatBytes(sizeBytes),
          ])}
        />
      )}
    </div>
  )
}

const Summary = ({
  done,
  nothing,
  what,
  bytes,
}: {
  readonly done: boolean
  readonly nothing: boolean
  readonly what: string
  readonly bytes: number
}) => (
  <p>
    {nothing
      ? 'There is nothing to remove.'
      : done
        ? `${what} removed, ${formatBytes(bytes)} freed.`
        : `${what} can be removed. This frees ${formatBytes(bytes)}.`}
  </p>
)

function Lines({
  title,
  lines,
}: {
  readonly title: string
  readonly lines: readonly (readonly [string, ReactNode])[]
}) {
  return (
    <section>
      <h3 className="mb-1 text-[13px] font-medium">{title}</h3>
      <ul className="max-h-52 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {lines.map(([name, value]) => (
          <li key={name} className="flex flex-wrap justify-between gap-x-4 px-3 py-2">
            <span className="wrap-anywhere">{name}</span>
            <span className="text-soft tabular-nums">{value}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** `<job>.<attempt>` for people; anything else as it is. */
function attemptOf(name: string): string {
  const [, job, attempt] = /^([0-9a-f]{8})[0-9a-f-]*\.(\d+)$/.exec(name) ?? []
  return job === undefined ? name : `Job ${job}, attempt ${attempt}`
}
