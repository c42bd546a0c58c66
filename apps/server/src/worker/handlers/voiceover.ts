import { makeVoiceover, takeRecording } from '../../domain/render/voiceovers.ts'
import type { Handler } from '../handler.ts'

/** Gives a clip its voice: spoken, or recorded. */
export const voiceover: Handler<'voiceover'> = async (job, { clipId, recording }) => {
  const clip =
    recording === undefined ? await makeVoiceover(job, clipId) : await takeRecording(job, clipId, recording)
  return { clipId, version: clip.version }
}
