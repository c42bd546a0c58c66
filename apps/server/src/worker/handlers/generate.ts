import { makeClips } from '../../domain/projects/make-clips.ts'
import type { Handler } from '../handler.ts'

/** Makes clips of a project, with their previews. */
export const generate: Handler<'generate'> = (job, payload) => makeClips(job, payload)
