import type { ClipCut, GeneratedClips, Timeline } from '@cutroom/contracts'
import { arrangeSegments, selectTimelines } from '@cutroom/media'
import type { Tx } from '../../db/database.ts'
import { and, asc, eq, inArray } from '../../db/drizzle.ts'
import { segments } from '../../db/schema/library.ts'
import { clips } from '../../db/schema/projects.ts'
import type { PayloadOf } from '../../queue/payloads.ts'
import { withSegments } from '../clips/scored-cuts.ts'
import { clipsOfJob, type NewClip, writeClips } from '../clips/write.ts'
import type { SegmentRow } from '../library/answers.ts'
import { note } from '../notes.ts'
import type { QueuedJob } from '../queued-job.ts'
import { openSources } from '../render/load.ts'
import { makePreviews } from '../render/previews.ts'
import { runStage } from '../stage.ts'
import { findProject } from './answer.ts'
import { clipOfProject, sourcesOfProject } from './generate.ts'
import { segmentsOfProject } from './segments.ts'

/** What the new clips are chosen from, and what they should differ from. */
interface Material {
  readonly sourceIds: readonly string[]
  /** Those assigned to the project. */
  readonly assigned: readonly SegmentRow[]
  readonly avoid: readonly Timeline[]
  /** That they should be like. */
  readonly like: Timeline
}

/**
 * Makes clips of a project with their previews. They are written in one transaction: a later attempt of the same job finds them.
 * Returns their ids. Throws `not-found`, `conflict`, `footage-too-short`.
 */
export async function makeClips(job: QueuedJob, payload: PayloadOf<'generate'>): Promise<GeneratedClips> {
  const { service, jobId } = job
  const { id: profileId } = job.profile
  const { projectId, count } = payload
  job.expect({ select: 1, preview: count })
  const made = await service.db.ofProfile(profileId, (tx) => clipsOfJob(tx, profileId, projectId, jobId))
  const clipIds = made.length > 0 ? made : await writeClips(job, projectId, await chooseClips(job, payload))
  await makePreviews(job, clipIds)
  return { clipIds }
}

async function chooseClips(job: QueuedJob, payload: PayloadOf<'generate'>): Promise<NewClip[]> {
  const { script, voice, captionStyle } = payload
  const timelines = await chooseTimelines(job, payload)
  return timelines.map((timeline) => ({ timeline, script: script ?? '', voice, captionStyle }))
}

/** Chooses as many timelines as are wanted, different from those that the project has. */
async function chooseTimelines(job: QueuedJob, payload: PayloadOf<'generate'>): Promise<ClipCut[][]> {
  const { id: profileId } = job.profile
  const { count, from, order, targetSeconds, seed, bestEffort } = payload
  const material = await job.service.db.ofProfile(profileId, (tx) => readMaterial(tx, profileId, payload))
  const { avoid, like } = material
  const options = { count, targetSeconds, seed, bestEffort, avoid, like }
  const opened = from === 'sources' ? await openSources(job, material.sourceIds) : null
  const subject = `${count} × ${targetSeconds.toFixed(1)} s`
  const about = { profile: job.profile.name, stage: 'select', subject } as const
  return runStage<ClipCut[][]>(job.report, about, async () => {
    if (opened === null) {
      const { timelines, notes } = arrangeSegments(material.assigned, { ...options, order })
      for (const sentence of notes) note(job, sentence)
      return { value: timelines.map((cuts) => [...cuts]) }
    }
    const footage = [...opened.values()].map(({ id, features }) => ({ sourceId: id, features }))
    const { variants, notes, overlap } = selectTimelines(footage, options)
    for (const { sentence } of notes) note(job, sentence)
    const found = await job.service.db.ofProfile(profileId, (tx) =>
      segmentsIn(tx, profileId, material.sourceIds),
    )
    const shared = Math.max(overlap.max, ...overlap.withAvoided)
    return {
      value: variants.map(({ cuts }) => withSegments(cuts, found)),
      detail: `clips share at most ${(100 * shared).toFixed(0)} %`,
    }
  })
}

async function readMaterial(
  tx: Tx,
  profileId: string,
  { projectId, like }: PayloadOf<'generate'>,
): Promise<Material> {
  await findProject(tx, profileId, projectId)
  const existing = await tx
    .select({ timeline: clips.timeline })
    .from(clips)
    .where(and(eq(clips.profileId, profileId), eq(clips.projectId, projectId)))
    .orderBy(asc(clips.number))
  const assigned = await segmentsOfProject(tx, profileId, projectId)
  const footage = await sourcesOfProject(tx, profileId, projectId)
  return {
    ...{ sourceIds: footage.map(({ id }) => id), assigned },
    avoid: existing.map(({ timeline }) => timeline),
    like: like === null ? [] : (await clipOfProject(tx, { profileId, projectId }, like)).timeline,
  }
}

export const segmentsIn = (tx: Tx, profileId: string, sourceIds: readonly string[]): Promise<SegmentRow[]> =>
  tx
    .select()
    .from(segments)
    .where(and(eq(segments.profileId, profileId), inArray(segments.sourceId, [...sourceIds])))
