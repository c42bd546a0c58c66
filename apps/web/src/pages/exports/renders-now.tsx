import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { jobsQuery } from '../../data/jobs.ts'
import { keepText, keptText } from '../../data/keepsakes.ts'
import { count } from '../../format.ts'
import { IconButton } from '../../ui/button.tsx'
import { JobNow } from '../jobs/job-now.tsx'
import { lastEnd, openFailures } from './failures.ts'

/** Rows that are shown of what runs; the others are on the page of jobs. */
const MOST_SHOWN = 3

/** Exports that are being made or wait, and those that failed and were not made since. */
export function RendersNow() {
  const { api, profile } = useStudio()
  const { data: running } = useInfiniteQuery(jobsQuery(api, { kind: 'render', state: 'running' }))
  const { data: waiting } = useInfiniteQuery(jobsQuery(api, { kind: 'render', state: 'waiting' }))
  const { data: retrying } = useInfiniteQuery(jobsQuery(api, { kind: 'render', state: 'retrying' }))
  const { data: failed } = useInfiniteQuery(jobsQuery(api, { kind: 'render', state: 'failed' }))
  // Those that wait come in the order in which they will run.
  const jobs = [...(running ?? []), ...(retrying ?? []), ...(waiting ?? []).toReversed()]
  const { data: done } = useInfiniteQuery(jobsQuery(api, { kind: 'render', state: 'done' }))
  const seenKey = `cutroom:failures-seen:${profile.id}`
  const [seenUntil, setSeenUntil] = useState(() => Number(keptText(seenKey) ?? 0))
  const isKnown = failed !== undefined && done !== undefined
  const open = isKnown ? openFailures({ failed, done, active: jobs }, seenUntil, Date.now()) : []
  const dismiss = () => {
    const last = lastEnd(failed ?? [])
    setSeenUntil(last)
    keepText(seenKey, String(last))
  }
  const more = jobs.length - MOST_SHOWN
  return (
    <>
      {open.length > 0 && (
        <p className="mb-4 flex items-center gap-2.5 rounded-lg bg-bad-wash px-3 py-2.5">
          <CircleAlert className="size-4 shrink-0 text-bad" aria-hidden />
          <span className="grow">{count(open.length, 'export')} failed in the last 24 hours.</span>
          <Link
            to="/p/$profileId/jobs"
            params={{ profileId: profile.id }}
            search={{ kind: 'render', state: 'failed' }}
            className="font-medium text-accent hover:underline"
          >
            See what happened
          </Link>
          <IconButton
            label="Dismiss"
            size="small"
            icon={<X className="size-4" />}
            onClick={dismiss}
            className="-my-1 -mr-1"
          />
        </p>
      )}
      {jobs.length > 0 && (
        <section aria-labelledby="renders-now" className="mb-6">
          <h2 id="renders-now" className="mb-1 text-[15px] font-semibold">
            Being made
          </h2>
          <ul className="divide-y divide-line rounded-xl border border-line bg-surface px-4">
            {jobs.slice(0, MOST_SHOWN).map((job) => (
              <li key={job.id}>
                <JobNow job={job} />
              </li>
            ))}
            {more > 0 && (
              <li className="py-2.5">
                <Link
                  to="/p/$profileId/jobs"
                  params={{ profileId: profile.id }}
                  className="font-medium text-accent hover:underline"
                >
                  {more.toLocaleString('en')} more
                </Link>
              </li>
            )}
          </ul>
        </section>
      )}
    </>
  )
}
