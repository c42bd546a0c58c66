import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleAlert, Hourglass, LoaderCircle, Sparkles, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { isActive, type Job, jobQuery } from '../../data/jobs.ts'
import { count, formatWait } from '../../format.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { Progress } from '../../ui/progress.tsx'
import { toastFailed } from '../../ui/toasts.tsx'
import { useJobActions } from '../jobs/use-job-actions.ts'

const SAYS: Partial<Record<Job['kind'], string>> = {
  generate: 'Making variants',
  'voiceover-many': 'Making voices',
}

const DONE: Partial<Record<Job['kind'], string>> = {
  generate: 'The variants are ready',
  'voiceover-many': 'The voices are ready',
}

/** What is left to do after a job that has ended; `null` where all went well. */
function leftUndone(job: Job): string | null {
  if (job.state === 'cancelled') return 'It was cancelled.'
  if (job.kind !== 'voiceover-many' || job.result === null || !('items' in job.result)) return null
  const problems = job.result.items.flatMap(({ problem }) => (problem ? [problem] : []))
  const [first] = problems
  if (first === undefined) return null
  return `${count(problems.length, 'clip')} got no voice: ${first.detail} ${first.remedy}`
}

interface JobStripProps {
  readonly job: Job
  readonly onDismiss: () => void
  /** Leads to the clips that it made, where they may be out of sight. */
  readonly onShow?: ((clipIds: readonly string[]) => void) | undefined
  /** Buttons for what helps where the same once more would fail again; `null` where that may help. */
  readonly remedyFor?: (code: string) => ReactNode
}

/** How a job is going, in the place where it was started, until it ended well or is dismissed. */
export function JobStrip({ job: known, onDismiss, onShow, remedyFor }: JobStripProps) {
  const { api, profile } = useStudio()
  const { data: job = known } = useQuery({ ...jobQuery(api, known.id), initialData: known })
  const { cancel, retry, isCancelling, isRetrying } = useJobActions(job.id, toastFailed)
  const dismiss = (
    <IconButton label="Dismiss" size="small" icon={<X className="size-4" />} onClick={onDismiss} />
  )
  if (job.state === 'failed' && job.problem)
    return (
      <div role="alert" className="flex items-start gap-3 rounded-xl bg-bad-wash py-3 pr-2.5 pl-4">
        <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
        <div className="min-w-0 grow wrap-anywhere">
          <p className="font-medium">{job.problem.detail}</p>
          <p className="text-soft">{job.problem.remedy}</p>
          <div className="mt-2 flex flex-wrap gap-2">
            {remedyFor?.(job.problem.code) ?? (
              <Button size="small" busy={isRetrying} onClick={retry}>
                Try again
              </Button>
            )}
          </div>
        </div>
        {dismiss}
      </div>
    )
  if (!isActive(job)) {
    const undone = leftUndone(job)
    const made = job.result !== null && 'clipIds' in job.result ? job.result.clipIds : []
    if (undone === null && job.notes.length === 0 && (made.length === 0 || !onShow)) return null
    return (
      <div
        role="status"
        className={cx(
          'flex items-start gap-3 rounded-xl py-1.5 pr-2.5 pl-4',
          undone === null ? 'bg-good-wash' : 'bg-warn-wash',
        )}
      >
        {undone === null ? (
          <Sparkles className="mt-1.5 size-4 shrink-0 text-good" aria-hidden />
        ) : (
          <CircleAlert className="mt-1.5 size-4 shrink-0 text-warn" aria-hidden />
        )}
        <div className="min-w-0 grow py-0.5 wrap-anywhere">
          <p className="font-medium">
            {undone ?? (made.length > 0 ? count(made.length, 'new clip') : (DONE[job.kind] ?? 'Done'))}
          </p>
          {job.notes.length > 0 && (
            <details className="text-soft">
              <summary className="w-fit cursor-pointer rounded">{count(job.notes.length, 'remark')}</summary>
              {job.notes.map(({ message }) => (
                <p key={message} className="mt-1">
                  {message}
                </p>
              ))}
            </details>
          )}
        </div>
        {made.length > 0 && onShow && (
          <Button size="small" onClick={() => onShow(made)}>
            Show
          </Button>
        )}
        {dismiss}
      </div>
    )
  }
  const says = SAYS[job.kind] ?? 'Working'
  const waits = job.state !== 'running'
  return (
    <div className="flex items-center gap-3 rounded-xl border border-line bg-surface py-2.5 pr-2.5 pl-4">
      {waits ? (
        <Hourglass className="size-4 shrink-0 text-soft" aria-hidden />
      ) : (
        <LoaderCircle className="size-4 shrink-0 animate-spin text-accent" aria-hidden />
      )}
      <div className="min-w-0 grow">
        <div className="mb-1.5 flex items-baseline justify-between gap-3">
          <p role="status" className="font-medium">
            {waits ? `${says}: it waits for its turn` : says}
          </p>
          <Link
            to="/p/$profileId/jobs"
            params={{ profileId: profile.id }}
            className="text-[13px] whitespace-nowrap text-soft tabular-nums hover:text-ink"
          >
            {job.secondsLeft === null || waits ? 'Details' : `${formatWait(job.secondsLeft)} left`}
          </Link>
        </div>
        <Progress fraction={job.fraction} label={says} />
      </div>
      <Button
        size="small"
        look="quiet"
        busy={isCancelling || job.cancelRequestedAt !== null}
        onClick={cancel}
      >
        Cancel
      </Button>
    </div>
  )
}
