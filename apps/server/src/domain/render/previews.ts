import { CutroomError, timelineSeconds } from '@cutroom/contracts'
import { changeLabels } from '../clips/change.ts'
import { type ClipRow, lockClip } from '../clips/rows.ts'
import { recordArtifact } from '../library/artifacts.ts'
import { admitKept, previewBytes } from '../library/room.ts'
import { previewTimeline, thumbnailOf } from '../previews.ts'
import type { QueuedJob } from '../queued-job.ts'
import { openSources, readClip } from './load.ts'

/** Makes the previews of clips, one after the other, or finds them. Clips that were deleted meanwhile are passed over. */
export async function makePreviews(job: QueuedJob, clipIds: readonly string[]): Promise<void> {
  for (const clipId of clipIds) await ensurePreview(job, clipId)
}

/**
 * Sees to it that a clip has the preview and the thumbnail of its present timeline. Where the timeline is changed while they are
 * made, the clip gets those of the new one. Returns the clip; `null` where it was deleted. Throws `quota-exceeded`, and what making them throws.
 */
export async function ensurePreview(job: QueuedJob, clipId: string): Promise<ClipRow | null> {
  const { id: profileId } = job.profile
  for (;;) {
    const row = await readClip(job, clipId).catch(ifGone)
    if (row === null) return null
    const sources = await openSources(
      job,
      row.timeline.map(({ sourceId }) => sourceId),
    )
    const proxies = new Map([...sources].map(([id, { proxyPath }]) => [id, proxyPath]))
    const bytes = previewBytes(timelineSeconds(row.timeline))
    const admit = () => admitKept(job.service, profileId, bytes)
    const preview = await previewTimeline(job, row.name, row.timeline, proxies, admit)
    const thumbnail = await thumbnailOf(job, preview)
    const shown = { previewHash: preview.key.hash, thumbnailHash: thumbnail.key.hash }
    const done = await job.service.db.ofProfile(profileId, async (tx) => {
      for (const artifact of [preview, thumbnail]) await recordArtifact(tx, profileId, artifact)
      const now = await lockClip(tx, profileId, clipId).catch(ifGone)
      if (now === null) return null
      if (now.version !== row.version) return 'edited'
      if (now.previewHash === shown.previewHash && now.thumbnailHash === shown.thumbnailHash) return now
      return (await changeLabels(tx, now, shown)).row
    })
    if (done !== 'edited') return done
  }
}

/** For what a person may have deleted meanwhile. */
function ifGone(error: unknown): null {
  if (error instanceof CutroomError && error.code === 'not-found') return null
  throw error
}
