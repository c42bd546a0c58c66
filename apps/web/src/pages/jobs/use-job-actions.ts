import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import { putThing } from '../../data/live.ts'

/** Cancels a job, or tries it once more. */
export function useJobActions(id: string) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const params = { params: { path: { id } } }
  const cancel = useMutation({
    mutationFn: () => ask(api.POST('/jobs/{id}/cancel', params)),
    onSuccess: (job) => putThing(queries, 'job', job),
  })
  const retry = useMutation({
    mutationFn: () => ask(api.POST('/jobs/{id}/retry', params)),
    onSuccess: (job) => putThing(queries, 'job', job),
  })
  return {
    cancel: () => cancel.mutate(),
    retry: () => retry.mutate(),
    isCancelling: cancel.isPending,
    isRetrying: retry.isPending,
    error: cancel.error ?? retry.error,
  }
}
