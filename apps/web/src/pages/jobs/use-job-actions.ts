import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import type { Job } from '../../data/jobs.ts'
import { putThing } from '../../data/live.ts'

/** Cancels a job, or tries it once more. Where that fails, `error` says why, and `onError` is told. */
export function useJobActions(id: string, onError?: (error: unknown) => void) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const params = { params: { path: { id } } }
  const onSuccess = (job: Job) => {
    putThing(queries, 'job', job)
    // The answer may come behind the event that told of the job's end, and would hide it for good.
    for (const queryKey of [['job', id], ['jobs']]) void queries.invalidateQueries({ queryKey })
  }
  const ends = { onSuccess, ...(onError && { onError }) }
  const cancel = useMutation({ ...ends, mutationFn: () => ask(api.POST('/jobs/{id}/cancel', params)) })
  const retry = useMutation({ ...ends, mutationFn: () => ask(api.POST('/jobs/{id}/retry', params)) })
  return {
    cancel: () => cancel.mutate(),
    retry: () => retry.mutate(),
    isCancelling: cancel.isPending,
    isRetrying: retry.isPending,
    error: cancel.error ?? retry.error,
  }
}
