import { CutroomError, type Project, type Segment } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, eq } from '../../db/drizzle.ts'
import { segments } from '../../db/schema/library.ts'
import { projectSegments } from '../../db/schema/projects.ts'
import { type SegmentRow, segmentAnswer } from '../library/answers.ts'
import { lastingSegments } from '../library/segments.ts'
import type { Service } from '../service.ts'
import { findProject, tellOfProject } from './answer.ts'
import { lockProject } from './projects.ts'

/** As many as a list shows whole. */
const MOST_SEGMENTS = 1000

/** The segments of a project, in its order. Throws `not-found`. */
export const listProjectSegments = (
  service: Service,
  profileId: string,
  projectId: string,
): Promise<Segment[]> =>
  service.db.ofProfile(profileId, async (tx) => {
    await findProject(tx, profileId, projectId)
    return (await segmentsOfProject(tx, profileId, projectId)).map(segmentAnswer)
  })

/** The segments of a project, in its order. */
export async function segmentsOfProject(tx: Tx, profileId: string, projectId: string): Promise<SegmentRow[]> {
  const rows = await tx
    .select({ segment: segments })
    .from(projectSegments)
    .innerJoin(
      segments,
      and(eq(segments.profileId, projectSegments.profileId), eq(segments.id, projectSegments.segmentId)),
    )
    .where(ofProject(profileId, projectId))
    .orderBy(asc(projectSegments.position), asc(projectSegments.segmentId))
  return rows.map(({ segment }) => segment)
}

const ofProject = (profileId: string, projectId: string) =>
  and(eq(projectSegments.profileId, profileId), eq(projectSegments.projectId, projectId))

/** Adds segments at the end of a project's list; those that it has stay where they are. Throws `not-found`, `conflict`. */
export const addSegments = (
  service: Service,
  profileId: string,
  projectId: string,
  segmentIds: readonly string[],
): Promise<Project> =>
  changeList(service, profileId, projectId, segmentIds, (now) => [
    ...now,
    ...segmentIds.filter((id) => !now.includes(id)),
  ])

/** All segments of a project, in a new order. Throws `not-found`. */
export const putSegments = (
  service: Service,
  profileId: string,
  projectId: string,
  segmentIds: readonly string[],
): Promise<Project> => changeList(service, profileId, projectId, segmentIds, () => segmentIds)

/** Takes a segment out of a project; clips keep it. Throws `not-found`. */
export const removeSegment = (
  service: Service,
  profileId: string,
  projectId: string,
  segmentId: string,
): Promise<Project> =>
  changeList(service, profileId, projectId, [], (now) => {
    if (!now.includes(segmentId)) throw new CutroomError('not-found', 'The project has no such segment.')
    return now.filter((id) => id !== segmentId)
  })

const changeList = (
  service: Service,
  profileId: string,
  projectId: string,
  named: readonly string[],
  toNext: (now: readonly string[]) => readonly string[],
): Promise<Project> =>
  service.db.ofProfile(profileId, async (tx) => {
    await lockProject(tx, profileId, projectId)
    const before = (await segmentsOfProject(tx, profileId, projectId)).map(({ id }) => id)
    const lasting = await lastingSegments(tx, profileId, [...new Set([...before, ...named])])
    const missing = named.findIndex((id) => !lasting.has(id))
    if (missing >= 0)
      throw new CutroomError('not-found', 'There is no such segment.', { field: `segmentIds.${missing}` })
    const next = toNext(before.filter((id) => lasting.has(id)))
    if (next.length > MOST_SEGMENTS) {
      throw new CutroomError(
        'conflict',
        `A project has at most ${MOST_SEGMENTS} segments; it would have ${next.length}.`,
        { field: 'segmentIds', details: { limit: MOST_SEGMENTS, value: next.length } },
      )
    }
    await tx.delete(projectSegments).where(ofProject(profileId, projectId))
    if (next.length > 0)
      await tx
        .insert(projectSegments)
        .values(next.map((segmentId, position) => ({ profileId, projectId, segmentId, position })))
    return tellOfProject(tx, profileId, projectId)
  })
