import type { StorageDay } from '../../data/storage.ts'
import { count, formatBytes, formatClock } from '../../format.ts'
import { partsOf } from './storage-groups.ts'

const WIDTH = 208
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })

export const dayName = (day: string): string => dates.format(new Date(day))

interface DiskDayProps {
  readonly day: StorageDay
  /** The middle of its bar, and the width of the plot; pixels. */
  readonly x: number
  readonly width: number
}

/** The values of a day, beside its bar. The plot tells them to screen readers itself. */
export function DiskDay({ day, x, width }: DiskDayProps) {
  const left = x + 16 + WIDTH > width ? Math.max(0, x - WIDTH - 16) : x + 16
  const { jobsDone, jobsFailed, exportedSeconds, scratchPeakBytes } = day
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute top-0 z-10 rounded-lg border border-line bg-surface p-3 text-[13px] shadow-xl"
      style={{ left, width: WIDTH }}
    >
      <p className="flex justify-between gap-2 font-semibold">
        <span>{dayName(day.day)}</span>
        <span className="tabular-nums">{formatBytes(day.storedBytes)}</span>
      </p>
      <ul className="mt-1.5 space-y-1">
        {partsOf(day.groups).map(({ key, label, tone, bytes }) => (
          <li key={key} className="flex items-center gap-2">
            <span className={`size-2 rounded-[2px] bg-current ${tone}`} />
            <span className="grow text-soft">{label}</span>
            <span className="tabular-nums">{formatBytes(bytes)}</span>
          </li>
        ))}
      </ul>
      <p className="mt-2 border-t border-line pt-2 text-soft">
        {count(jobsDone, 'job')} done
        {jobsFailed > 0 && `, ${jobsFailed} failed`}
        {exportedSeconds > 0 && ` · ${formatClock(exportedSeconds)} exported`}
        {scratchPeakBytes > 0 && ` · at most ${formatBytes(scratchPeakBytes)} in progress`}
      </p>
    </div>
  )
}
