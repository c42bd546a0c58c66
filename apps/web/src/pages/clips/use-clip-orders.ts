import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import type { Clip } from '../../data/clips.ts'
import type { Job } from '../../data/jobs.ts'
import { putThing } from '../../data/live.ts'
import { orderClips } from '../../data/projects.ts'
import { toastDone, toastFailed } from '../../ui/toasts.tsx'

/** Variants that "more like this" makes. */
const MORE = 3

/** Who orders the same again so soon pressed twice. Milliseconds. */
const TWICE_MS = 1000

/** What makes other clips out of one. */
export function useClipOrders(
  titleOf: (clip: Clip) => string,
  onStarted: (job: Job, clipCount: number) => void,
) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const ordered = useRef(new Set<string>())
  return {
    async moreLike(clip: Clip): Promise<void> {
      const { id, projectId, script } = clip
      if (ordered.current.has(id)) return
      ordered.current.add(id)
      try {
        const order = { count: MORE, like: id, ...(script !== '' && { script }) }
        onStarted(await orderClips(api, projectId, order), MORE)
        toastDone(`Making ${MORE} more like “${titleOf(clip)}”`)
      } catch (error) {
        toastFailed(error)
      }
      setTimeout(() => ordered.current.delete(id), TWICE_MS)
    },
    async duplicate({ id }: Clip): Promise<void> {
      try {
        const clip = await ask(api.POST('/clips/{id}/duplicate', { params: { path: { id } } }))
        putThing(queries, 'clip', clip)
        toastDone(`“${titleOf(clip)}” is made`)
      } catch (error) {
        toastFailed(error)
      }
    },
  }
}

/** Has the preview of a clip made that somebody wants to see, where an edit left it without. */
export function useOrderedPreview(clip: Clip | undefined): void {
  const { api } = useStudio()
  const ordered = useRef(new Set<string>())
  const wanted = clip !== undefined && !clip.previewReady ? `${clip.id}.${clip.version}` : null
  const id = clip?.id
  useEffect(() => {
    if (wanted === null || id === undefined || ordered.current.has(wanted)) return
    ordered.current.add(wanted)
    ask(api.POST('/clips/{id}/preview', { params: { path: { id } } })).catch(toastFailed)
  }, [api, wanted, id])
}
