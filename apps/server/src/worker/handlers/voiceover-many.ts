import { makeVoiceovers } from '../../domain/render/voiceovers.ts'
import type { Handler } from '../handler.ts'

/** Gives many clips their voice, and says of each what came of it. */
export const voiceoverMany: Handler<'voiceover-many'> = (job, { clipIds, script, voice }) =>
  makeVoiceovers(job, clipIds, {
    ...(script !== null && { script }),
    ...(voice !== null && { voice }),
  })
