import { type ClipCut, CutroomError, type Timeline } from '@cutroom/contracts'
import { arrangeSegments, selectTimelines } from '@cutroom/media'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../../db/database.ts'
import { segments, sources } from '../../db/schema/library.ts'
import { clips } from '../../db/schema/projects.ts'
import type { PayloadOf } from '../../queue/payloads.ts'
import { tellOfClips } from '../clips/change.ts'
import { clipName, takeNumbers } from '../clips/copy.ts'
import { withSegments } from '../clips/scored-cuts.ts'
import { countUses } from '../clips/usage.ts'
import type { SegmentRow } from '../library/answers.ts'
import { note, type QueuedJob } from '../queued-job.ts'
import { openSources } from '../render/load.ts'
import { makePreviews } from '../render/previews.ts'
import { runStage } from '../stage.ts'
import { sourcesOfProject } from './generate.ts'
import { findProject, tellOfProject } from './projects.ts'
import { segmentsOfProject } from './segments.ts'

/** What the new clips are chosen from, and what they should differ from. */
interface Material {
  readonly sourceIds: readonly string[]
  /** Those assigned to the project. */
  readonly assigned: readonly SegmentRow[]
  readonly avoid: readonly Timeline[]
}

/**
 * Makes clips of a project with their previews. They are written in one transaction: a later attempt of the same job finds them.
 * Returns their ids. Throws `not-found`, `conflict`, `footage-too-short`.
 */
export async function makeClips(
  job: QueuedJob,
  payload: PayloadOf<'generate'>,
): Promise<{ readonly clipIds: readonly string[] }> {
  const { service, jobId } = job
  const { id: profileId } = job.profile
  const { projectId, count } = payload
  job.expect({ select: 1, preview: count })
  const made = await service.db.ofProfile(profileId, (tx) => clipsOfJob(tx, profileId, projectId, jobId))
  const clipIds = made.length > 0 ? made : await writeClips(job, payload, await chooseTimelines(job, payload))
  await makePreviews(job, clipIds)
  return { clipIds }
}

/** Chooses as many timelines as are wanted, different from those that the project has. */
async function chooseTimelines(job: QueuedJob, payload: PayloadOf<'generate'>): Promise<ClipCut[][]> {
  const { id: profileId } = job.profile
  const { projectId, count, from, order, targetSeconds, seed, bestEffort } = payload
  const material = await job.service.db.ofProfile(profileId, (tx) => readMaterial(tx, profileId, projectId))
  const options = { count, targetSeconds, seed, bestEffort, avoid: material.avoid }
  const opened = from === 'sources' ? await openSources(job, material.sourceIds) : null
  const subject = `${count} × ${targetSeconds.toFixed(1)} s`
  const about = { profile: job.profile.name, stage: 'select', subject } as const
  return runStage(job.report, about, async () => {
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

async function readMaterial(tx: Tx, profileId: string, projectId: string): Promise<Material> {
  await findProject(tx, profileId, projectId)
  const existing = await tx
    .select({ timeline: clips.timeline })
    .from(clips)
    .where(and(eq(clips.profileId, profileId), eq(clips.projectId, projectId)))
    .orderBy(asc(clips.number))
  const assigned = await segmentsOfProject(tx, profileId, projectId)
  const footage = await sourcesOfProject(tx, profileId, projectId)
  return { sourceIds: footage.map(({ id }) => id), assigned, avoid: existing.map(({ timeline }) => timeline) }
}

const segmentsIn = (tx: Tx, profileId: string, sourceIds: readonly string[]): Promise<SegmentRow[]> =>
  tx
    .select()
    .from(segments)
    .where(and(eq(segments.profileId, profileId), inArray(segments.sourceId, [...sourceIds])))

/** The clips that a job has written, in the order of their numbers. */
async function clipsOfJob(tx: Tx, profileId: string, projectId: string, jobId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: clips.id })
    .from(clips)
    .where(and(eq(clips.profileId, profileId), eq(clips.projectId, projectId), eq(clips.jobId, jobId)))
    .orderBy(asc(clips.number))
  return rows.map(({ id }) => id)
}

/** Writes all clips of a job, or finds those that another attempt has written meanwhile. */
const writeClips = (
  { service, jobId, profile }: QueuedJob,
  { projectId, script, voice, captionStyle }: PayloadOf<'generate'>,
  timelines: readonly ClipCut[][],
): Promise<string[]> =>
  service.db.ofProfile(profile.id, async (tx) => {
    const { name, first } = await takeNumbers(tx, profile.id, projectId, timelines.length)
    const made = await clipsOfJob(tx, profile.id, projectId, jobId)
    if (made.length > 0) return made
    await checkStillThere(tx, profile.id, timelines)
    const rows = await tx
      .insert(clips)
      .values(
        timelines.map((timeline, index) => ({
          ...{ profileId: profile.id, projectId, jobId, timeline, voice, captionStyle },
          number: first + index,
          name: clipName(name, first + index),
          script: script ?? '',
          // A millisecond apart, so that lists show them in the order of their numbers.
          createdAt: sql`now() + ${index} * interval '1 millisecond'`,
        })),
      )
      .returning()
    await countUses(tx, profile.id, [], timelines)
    await tellOfClips(tx, profile.id, rows)
    await tellOfProject(tx, profile.id, projectId)
    return rows.toSorted((a, b) => a.number - b.number).map(({ id }) => id)
  })

/** Throws `conflict` where a source was deleted since its footage was chosen. */
async function checkStillThere(
  tx: Tx,
  profileId: string,
  timelines: readonly (readonly ClipCut[])[],
): Promise<void> {
  const shown = [...new Set(timelines.flat().map(({ sourceId }) => sourceId))]
  const rows = await tx
    .select({ id: sources.id })
    .from(sources)
    .where(and(eq(sources.profileId, profileId), inArray(sources.id, shown)))
    .for('key share')
  if (rows.length < shown.length)
    throw new CutroomError('conflict', 'A source was deleted while clips were made of it.')
}
