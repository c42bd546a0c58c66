import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleAlert, Hourglass, LoaderCircle, Sparkles, X } from 'lucide-react'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import { isActive, type Job, jobQuery } from '../../data/jobs.ts'
import { putThing } from '../../data/live.ts'
import { count, formatWait } from '../../format.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import { toastFailed } from '../../ui/toasts.tsx'

const SAYS: Partial<Record<Job['kind'], string>> = {
  generate: 'Making variants',
  'voiceover-many': 'Making voices',
}

/** What a person should know of a job that has ended; empty where all went well. */
export function wordsAfter(job: Job): string[] {
  const notes = job.notes.map(({ message }) => message)
  if (job.kind !== 'voiceover-many' || job.result === null || !('items' in job.result)) return notes
  const problems = job.result.items.flatMap(({ problem }) => (problem ? [problem] : []))
  const [first] = problems
  if (first === undefined) return notes
  return [...notes, `${count(problems.length, 'clip')} got no voice: ${first.detail} ${first.remedy}`]
}

interface JobStripProps {
  readonly job: Job
  readonly onDismiss: () => void
  /** Leads to the clips that it made, where they may be out of sight. */
  readonly onShow?: ((clipIds: readonly string[]) => void) | undefined
}

/** How a job is going, in the place where it was started, until it ended well or is dismissed. */
export function JobStrip({ job: known, onDismiss, onShow }: JobStripProps) {
  const { api, profile } = useStudio()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const { data: job = known } = useQuery({ ...jobQuery(api, known.id), initialData: known })
  const send = async (what: 'cancel' | 'retry') => {
    setBusy(true)
    try {
      const params = { path: { id: job.id } }
      const request =
        what === 'cancel'
          ? api.POST('/jobs/{id}/cancel', { params })
          : api.POST('/jobs/{id}/retry', { params })
      putThing(queries, 'job', await ask(request))
    } catch (error) {
      toastFailed(error)
    } finally {
      setBusy(false)
    }
  }
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
            <Button size="small" busy={busy} onClick={() => send('retry')}>
              Try again
            </Button>
          </div>
        </div>
        {dismiss}
      </div>
    )
  if (!isActive(job)) {
    const words = job.state === 'cancelled' ? ['It was cancelled.'] : wordsAfter(job)
    if (words.length === 0) {
      if (!onShow || !job.result || !('clipIds' in job.result)) return null
      const { clipIds } = job.result
      return (
        <div role="status" className="flex items-center gap-3 rounded-xl bg-good-wash py-1.5 pr-2.5 pl-4">
          <Sparkles className="size-4 shrink-0 text-good" aria-hidden />
          <p className="grow font-medium">{count(clipIds.length, 'new clip')}</p>
          <Button size="small" onClick={() => onShow(clipIds)}>
            Show
          </Button>
          {dismiss}
        </div>
      )
    }
    return (
      <div role="status" className="flex items-start gap-3 rounded-xl bg-warn-wash py-3 pr-2.5 pl-4">
        <CircleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
        <div className="min-w-0 grow wrap-anywhere">
          {words.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
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
        busy={busy || job.cancelRequestedAt !== null}
        onClick={() => send('cancel')}
      >
        Cancel
      </Button>
    </div>
  )
}
