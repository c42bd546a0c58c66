import { Link } from '@tanstack/react-router'
import { AudioLines, CircleAlert, Clock, FileWarning } from 'lucide-react'
import { type PointerEvent, useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import type { Job } from '../../data/jobs.ts'
import type { Source } from '../../data/sources.ts'
import { formatAgo, formatBytes, formatClock } from '../../format.ts'
import { CheckBox } from '../../ui/check.tsx'
import { cx } from '../../ui/class-names.ts'
import { Progress } from '../../ui/progress.tsx'
import { SourceFrame } from '../../ui/source-frame.tsx'
import { SourceActions } from './source-actions.tsx'
import { analysisWords, withoutName } from './source-words.ts'

const ASPECT = 16 / 9

interface SourceCardProps {
  readonly source: Source
  /** Its analysis, while it runs. */
  readonly job: Job | undefined
  readonly isSelected: boolean
  readonly onSelect: (selected: boolean) => void
}

/** A source at a glance: the pointer runs through its pictures. */
export function SourceCard({ source, job, isSelected, onSelect }: SourceCardProps) {
  const { profile } = useStudio()
  const [at, setAt] = useState<number | null>(null)
  const { id, name, sizeBytes, createdAt, problem, probe, summary } = source
  const seconds = summary?.durationSeconds ?? probe?.durationSeconds
  const run = ({ currentTarget, clientX, pointerType }: PointerEvent<HTMLElement>) => {
    if (pointerType !== 'mouse' || seconds === undefined) return
    const { left, width } = currentTarget.getBoundingClientRect()
    setAt(((clientX - left) / width) * seconds)
  }
  return (
    <article
      className={cx(
        'group relative flex h-full flex-col overflow-hidden rounded-xl border bg-surface transition-colors',
        isSelected ? 'border-accent ring-1 ring-accent' : 'border-line hover:border-edge/60',
      )}
    >
      <Link
        to="/p/$profileId/sources/$sourceId"
        params={{ profileId: profile.id, sourceId: id }}
        aria-label={name}
        onPointerMove={run}
        onPointerLeave={() => setAt(null)}
        className="relative block -outline-offset-2"
      >
        {summary?.filmstrip ? (
          <div className="grid justify-items-center bg-sunken" style={{ aspectRatio: ASPECT }}>
            <SourceFrame
              source={source}
              aspect={Math.min(ASPECT, summary.filmstrip.tileWidth / summary.filmstrip.tileHeight)}
              className="h-full min-h-0"
              {...(at !== null && { at })}
            />
          </div>
        ) : (
          <Stand source={source} job={job} />
        )}
        {at !== null && seconds !== undefined && summary?.filmstrip && (
          <span
            aria-hidden
            className="absolute inset-y-0 w-px bg-white/90 shadow-[0_0_2px_#000]"
            style={{ left: `${(at / seconds) * 100}%` }}
          />
        )}
        {seconds !== undefined && (
          <span className="absolute right-1.5 bottom-1.5 rounded bg-black/75 px-1 text-[12px] font-medium text-white tabular-nums">
            {formatClock(seconds)}
          </span>
        )}
      </Link>
      <div
        className={cx(
          'absolute top-2 left-2 rounded-md bg-surface/85 transition-opacity pointer-coarse:opacity-100 focus-within:opacity-100 group-hover:opacity-100',
          !isSelected && 'opacity-0',
        )}
      >
        <CheckBox checked={isSelected} onChange={onSelect} label={`Select ${name}`} />
      </div>
      <div className="flex grow items-start gap-1 py-2 pr-1 pl-3">
        <div className="min-w-0 grow">
          <h2 className="truncate font-medium" title={name}>
            {name}
          </h2>
          {problem === null ? (
            <p className="truncate text-[13px] text-soft">
              {formatBytes(sizeBytes)} · {formatAgo(createdAt)}
            </p>
          ) : (
            <p className="flex items-center gap-1 text-[13px] text-bad" title={problem.detail}>
              <CircleAlert className="size-3.5 shrink-0" aria-hidden />
              <span className="truncate">{withoutName(problem.detail, name)}</span>
            </p>
          )}
        </div>
        <SourceActions source={source} />
      </div>
    </article>
  )
}

/** What stands where a picture will be, or where there is none. */
function Stand({ source, job }: Pick<SourceCardProps, 'source' | 'job'>) {
  const { state, name } = source
  const isBad = state === 'refused' || state === 'failed'
  const Icon = isBad ? FileWarning : state === 'ready' ? AudioLines : Clock
  const words = {
    refused: 'Cannot be used',
    failed: 'The analysis failed',
    waiting: 'Waits to be analysed',
    ingesting: analysisWords(job),
    ready: 'Sound only',
  }[state]
  return (
    <div
      className="grid place-content-center justify-items-center gap-2 border-b border-line px-4 text-[13px] text-soft"
      style={{ aspectRatio: ASPECT }}
    >
      {state === 'ingesting' ? (
        <div className="w-36">
          <Progress fraction={job?.fraction ?? 0} label={`Analysis of ${name}`} />
        </div>
      ) : (
        <Icon className={cx('size-6', isBad && 'text-bad')} aria-hidden />
      )}
      <p className="text-center">{words}</p>
    </div>
  )
}
