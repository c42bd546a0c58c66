import { useInfiniteQuery } from '@tanstack/react-query'
import { useStudio } from '../../app/studio.tsx'
import { type Job, jobsQuery } from '../../data/jobs.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Page } from '../../ui/page.tsx'
import { JobHistory } from './job-history.tsx'
import { JobNow } from './job-now.tsx'
import { useAnnouncements } from './use-announcements.ts'
import { useReasons } from './use-reasons.ts'

/** What runs, what waits and why, and what has ended. */
export function Jobs() {
  const { api } = useStudio()
  const running = useInfiniteQuery(jobsQuery(api, { state: 'running' }))
  const retrying = useInfiniteQuery(jobsQuery(api, { state: 'retrying' }))
  const waiting = useInfiniteQuery(jobsQuery(api, { state: 'waiting' }))
  const newest = useInfiniteQuery(jobsQuery(api))
  const said = useAnnouncements(newest.data)
  useReasons(running.data, [retrying, waiting])
  const failed = [running, retrying, waiting].find(({ error }) => error !== null)
  return (
    <Page title="Jobs" lead="What Cutroom works on for this brand, and what came of it.">
      <p role="status" className="sr-only">
        {said}
      </p>
      {failed && <ErrorNote error={failed.error} className="mb-4" onRetry={failed.refetch} />}
      <JobsNow title="Running" jobs={running.data ?? []} />
      {/* Lists begin with the newest; of those that wait, the oldest goes first. */}
      <JobsNow title="Waiting" jobs={[...(retrying.data ?? []), ...(waiting.data ?? []).toReversed()]}>
        {waiting.hasNextPage && (
          <Button
            size="small"
            look="quiet"
            busy={waiting.isFetchingNextPage}
            onClick={() => void waiting.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </JobsNow>
      <JobHistory />
    </Page>
  )
}

interface JobsNowProps {
  readonly title: string
  readonly jobs: readonly Job[]
  readonly children?: React.ReactNode
}

function JobsNow({ title, jobs, children }: JobsNowProps) {
  if (jobs.length === 0) return null
  return (
    <section aria-label={title} className="mb-6">
      <h2 className="mb-2 flex items-center gap-2 text-[15px] font-semibold">
        {title}
        <span className="font-normal text-soft tabular-nums">{jobs.length.toLocaleString('en')}</span>
      </h2>
      <ul className="divide-y divide-line rounded-xl border border-line bg-surface px-4">
        {jobs.map((job) => (
          <li key={job.id}>
            <JobNow job={job} />
          </li>
        ))}
      </ul>
      {children}
    </section>
  )
}
