import { X } from 'lucide-react'
import type { Job } from '../../data/jobs.ts'
import { formatPercent, formatWait } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Progress } from '../../ui/progress.tsx'
import { JobLinks } from './job-links.tsx'
import { JobTitle } from './job-title.tsx'
import { useJobActions } from './use-job-actions.ts'
import { useJobWords } from './use-job-words.ts'
import { WhyWaits } from './why-waits.tsx'
import { stageWords } from './words.ts'

/** A job that runs or waits: how far it is, or why it waits. */
export function JobNow({ job }: { readonly job: Job }) {
  const { cancel, isCancelling, error } = useJobActions(job.id)
  const { name } = useJobWords(job)
  const isStopping = job.cancelRequestedAt !== null
  const isRunning = job.state === 'running'
  return (
    <div className="py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <div className="min-w-0 grow basis-64">
          <JobTitle job={job} />
          <p className="text-[13px] text-soft">
            {isStopping ? 'Stopping…' : isRunning ? stageOf(job) : <WhyWaits job={job} />}
          </p>
        </div>
        <div className="flex items-center gap-3">
          <JobLinks job={job} />
          <Button
            size="small"
            icon={<X className="size-4" aria-hidden />}
            busy={isCancelling}
            disabled={isStopping}
            onClick={cancel}
          >
            Cancel<span className="sr-only"> {name}</span>
          </Button>
        </div>
      </div>
      {isRunning && (
        <div className="mt-1.5">
          <Progress fraction={job.fraction} label={name} />
          <p className="mt-1 flex flex-wrap justify-between gap-x-4 text-[13px] text-soft tabular-nums">
            <span>{paceWords(job)}</span>
            {job.secondsLeft !== null && !isStopping && <span>{formatWait(job.secondsLeft)} left</span>}
          </p>
        </div>
      )}
      {job.state === 'retrying' && job.problem !== null && (
        <p className="mt-1 text-[13px] wrap-anywhere">
          <span className="text-warn">Attempt {job.attempt} failed:</span> {job.problem.detail}
        </p>
      )}
      {error !== null && <ErrorNote error={error} className="mt-2" />}
    </div>
  )
}

const stageOf = ({ stage, attempt }: Job): string =>
  [stage === null ? 'Beginning' : stageWords(stage), attempt > 1 && `attempt ${attempt}`]
    .filter(Boolean)
    .join(', ')

/** A speed that would be shown as nought says nothing. */
const SLOWEST_SHOWN = 0.05

/** `42 % · 3.1 × playing speed`. */
const paceWords = ({ fraction, speed }: Job): string =>
  [formatPercent(fraction), speed !== null && speed >= SLOWEST_SHOWN && `${speed.toFixed(1)} × playing speed`]
    .filter(Boolean)
    .join(' · ')
