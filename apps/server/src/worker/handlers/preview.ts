import { ensurePreview } from '../../domain/render/previews.ts'
import type { Handler } from '../handler.ts'

/** Makes preview and thumbnail of a clip's present timeline. */
export const preview: Handler<'preview'> = async (job, { clipId }) => {
  job.expect({ preview: 1 })
  const clip = await ensurePreview(job, clipId)
  return { clipId, version: clip?.version ?? null }
}
