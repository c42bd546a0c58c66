import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { isActive, type Job, jobsQuery } from '../../data/jobs.ts'
import { putThing } from '../../data/live.ts'

/** Whether clips of this job are still to be written; all of them are written at once, after they were chosen. */
const isBeforeClips = (job: Job): boolean =>
  isActive(job) && !job.stages.some(({ stage, state }) => stage === 'preview' && state !== 'failed')

/** The jobs that a project's page shows: those that make clips now, a last one that failed, and those that were started in this visit. */
export function useProjectJobs(projectId: string) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const { data: generating = [] } = useInfiniteQuery(jobsQuery(api, { projectId, kind: 'generate' }))
  const [started, setStarted] = useState<readonly Job[]>([])
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map())
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const [newest] = generating
  const failed = newest?.state === 'failed' ? [newest] : []
  const jobs = new Map([...started, ...generating.filter(isActive), ...failed].map((job) => [job.id, job]))
  return {
    shown: [...jobs.values()].filter(({ id }) => !dismissed.has(id)),
    /** Clips on their way whose number is known here. */
    pending: generating.filter(isBeforeClips).reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0),
    start(job: Job, clipCount: number) {
      putThing(queries, 'job', job)
      setStarted([...started, job])
      setCounts(new Map([...counts, [job.id, clipCount]]))
    },
    dismiss: (jobId: string) => setDismissed(new Set([...dismissed, jobId])),
  }
}
