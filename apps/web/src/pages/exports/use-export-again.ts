import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import type { Export } from '../../data/exports.ts'
import { putThing } from '../../data/live.ts'

/** Exports a clip as it is now for the preset of an older export. */
export function useExportAgain({ clipId, presetId }: Pick<Export, 'clipId' | 'presetId'>) {
  const { api } = useStudio()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      ask(api.POST('/clips/{id}/render', { params: { path: { id: clipId } }, body: { presetId } })),
    onSuccess: (job) => putThing(queries, 'job', job),
  })
}
