import { Ban, ChevronRight, CircleAlert, CircleCheck, type LucideIcon, RotateCw } from 'lucide-react'
import { useState } from 'react'
import type { Job } from '../../data/jobs.ts'
import { formatAgo, formatWait } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MakeVoice, useWantsVoice } from '../exports/make-voice.tsx'
import { hasDetails, JobDetails } from './job-details.tsx'
import { JobLinks } from './job-links.tsx'
import { JobTitle } from './job-title.tsx'
import { outcomeOf } from './outcome.ts'
import { useJobActions } from './use-job-actions.ts'
import { useJobWords } from './use-job-words.ts'
import { STATES } from './words.ts'

const LOOKS: Readonly<Partial<Record<Job['state'], { readonly icon: LucideIcon; readonly tone: string }>>> = {
  done: { icon: CircleCheck, tone: 'text-good' },
  failed: { icon: CircleAlert, tone: 'text-bad' },
}
const OTHER = { icon: Ban, tone: 'text-soft' }

/** A job that has ended: what came of it, or why it failed and what to do about it. */
export function JobPast({ job }: { readonly job: Job }) {
  const { retry, isRetrying, error } = useJobActions(job.id)
  const { icon: Icon, tone } = LOOKS[job.state] ?? OTHER
  const { name } = useJobWords(job)
  const { words, problems } = outcomeOf(job)
  const wantsVoice = useWantsVoice(job)
  const [isOpen, setIsOpen] = useState(false)
  const failed = job.state === 'failed' ? job.problem : null
  return (
    <article className="flex gap-3 border-b border-line py-3">
      <Icon className={cx('mt-0.5 size-4 shrink-0', tone)} aria-hidden />
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <div className="min-w-0 grow basis-64">
            <JobTitle job={job} />
            <p className="text-[13px] text-soft">
              {[STATES[job.state], words, took(job), job.finishedAt !== null && formatAgo(job.finishedAt)]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <JobLinks job={job} />
            {hasDetails(job) && (
              <Button
                look="quiet"
                size="small"
                aria-expanded={isOpen}
                icon={
                  <ChevronRight
                    className={cx('size-4 transition-transform', isOpen && 'rotate-90')}
                    aria-hidden
                  />
                }
                onClick={() => setIsOpen(!isOpen)}
                className="-ml-2 sm:ml-0"
              >
                Details<span className="sr-only"> of {name}</span>
              </Button>
            )}
            {wantsVoice && job.clipId !== null ? (
              <MakeVoice clipId={job.clipId} about={name} />
            ) : (
              job.state !== 'done' && (
                <Button
                  size="small"
                  icon={<RotateCw className="size-4" aria-hidden />}
                  busy={isRetrying}
                  onClick={retry}
                >
                  Try again<span className="sr-only">: {name}</span>
                </Button>
              )
            )}
          </div>
        </div>
        {failed !== null && (
          <div className="mt-1.5 max-w-prose wrap-anywhere">
            <p>{failed.detail}</p>
            <p className="text-soft">{failed.remedy}</p>
          </div>
        )}
        {problems.map(({ clipId, problem }) => (
          <p key={clipId} className="mt-1 max-w-prose text-[13px] wrap-anywhere">
            <span className="text-warn">One clip was left out.</span> {problem.detail}{' '}
            <span className="text-soft">{problem.remedy}</span>
          </p>
        ))}
        {job.notes.map(({ message }) => (
          <p key={message} className="mt-1 max-w-prose text-[13px] text-soft wrap-anywhere">
            {message}
          </p>
        ))}
        {isOpen && <JobDetails job={job} />}
        {error !== null && <ErrorNote error={error} className="mt-2" />}
      </div>
    </article>
  )
}

function took({ startedAt, finishedAt, state }: Job): string | false {
  if (startedAt === null || finishedAt === null || state !== 'done') return false
  return `took ${formatWait((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}`
}
