import { makeMultiVideo } from '../../domain/render/multi-video.ts'
import type { Handler } from '../handler.ts'

/** One clip of a main video, in which others are shown where their keywords are said. */
export const multiVideo: Handler<'multi-video'> = (job, payload) => makeMultiVideo(job, payload)
