import { CutroomError, type MadeProject, problemOf } from '@cutroom/contracts'
import { allFinished } from '../../together.ts'
import { note } from '../notes.ts'
import type { QueuedJob } from '../queued-job.ts'
import { makePreviews } from './previews.ts'
import { renderClip } from './renders.ts'

/** Previews and exports of the clips that a job has written. Where one fails the others are still finished; then the failure is thrown. */
export async function finishClips(
  job: QueuedJob,
  projectId: string,
  clipIds: string[],
  presetId: string,
): Promise<MadeProject> {
  await makePreviews(job, clipIds)
  const exports = await allFinished(
    clipIds.map(async (clipId): Promise<MadeProject['exports'][number]> => {
      try {
        return { clipId, exportId: (await renderClip(job, clipId, presetId)).id, problem: null }
      } catch (thrown) {
        if (!(thrown instanceof CutroomError && (thrown.code === 'conflict' || thrown.code === 'not-found')))
          throw thrown
        note(job, thrown.message)
        return { clipId, exportId: null, problem: problemOf(thrown) }
      }
    }),
  )
  return { projectId, clipIds, exports }
}
