import { renderClip } from '../../domain/render/renders.ts'
import type { Handler } from '../handler.ts'

/** Renders a clip for a preset. Its result is the export. */
export const render: Handler<'render'> = (job, { clipId, presetId }) => {
  job.expect({ render: 1 })
  return renderClip(job, clipId, presetId)
}
