import { useInfiniteQuery, useQueries, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { isActive, type Job, jobQuery, jobsQuery } from '../../data/jobs.ts'
import { putThing } from '../../data/live.ts'
import { dueOf, type Expected, expecting, pendingOf, worthShowing } from './project-jobs.ts'

/**
 * The jobs that a project's page shows: those that make clips now, a last one that failed, and what was started in this visit.
 * `newest` is the highest number of a clip that is there.
 */
export function useProjectJobs(projectId: string, newest: number) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const { data: generating = [] } = useInfiniteQuery(jobsQuery(api, { projectId, kind: 'generate' }))
  const [ordered, setOrdered] = useState<readonly Job[]>([])
  const started = useQueries({
    queries: ordered.map((job) => ({ ...jobQuery(api, job.id), initialData: job })),
    combine: (results) => results.map(({ data }) => data),
  })
  const [expected, setExpected] = useState<ReadonlyMap<string, Expected>>(new Map())
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const [last] = generating
  const failed = last?.state === 'failed' ? [last] : []
  const jobs = new Map([...failed, ...generating.filter(isActive), ...started].map((job) => [job.id, job]))
  const due = dueOf(generating, expected)
  return {
    shown: worthShowing([...jobs.values()]).filter(({ id }) => !dismissed.has(id)),
    /** Clips on their way whose number is known here. */
    pending: pendingOf(due, newest),
    start(job: Job, clipCount: number) {
      putThing(queries, 'job', job)
      setOrdered([...ordered, job])
      setExpected(new Map([...expected, [job.id, expecting(clipCount, due, newest)]]))
    },
    dismiss: (jobId: string) => setDismissed(new Set([...dismissed, jobId])),
  }
}
