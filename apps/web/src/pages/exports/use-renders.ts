import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { type Job, jobsQuery } from '../../data/jobs.ts'

/** Renders by their ids, as far as they are known, kept true. */
export function useRenders(ids: readonly string[]): ReadonlyMap<string, Job> {
  const { api } = useStudio()
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useInfiniteQuery(
    jobsQuery(api, { kind: 'render' }),
  )
  const jobs = useMemo(() => {
    const wanted = new Set(ids)
    return new Map(data?.filter(({ id }) => wanted.has(id)).map((job) => [job.id, job]))
  }, [data, ids])
  const misses = jobs.size < ids.length
  // The newest stand first: what was ordered just now is on the first pages.
  useEffect(() => {
    if (misses && hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [misses, hasNextPage, isFetching, isError, fetchNextPage])
  return jobs
}
