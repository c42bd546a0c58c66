import {
  CutroomError,
  type NewSegment,
  type Segment,
  type SegmentChange,
  type SegmentQuery,
  SHORTEST_SEGMENT,
} from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, arrayContains, asc, eq, inArray, or, type SQL, sql } from '../../db/drizzle.ts'
import { appendEvents } from '../../db/queries/events.ts'
import { pageOfRows, toPage } from '../../db/queries/page.ts'
import { segments } from '../../db/schema/library.ts'
import { projectSegments } from '../../db/schema/projects.ts'
import { tellOfProjects } from '../projects/answer.ts'
import type { Service } from '../service.ts'
import { type SegmentRow, type SourceRow, segmentAnswer } from './answers.ts'
import { heldSource, lastingSources } from './source-rows.ts'

export interface SegmentKey {
  readonly profileId: string
  readonly id: string
}

const thisSegment = ({ profileId, id }: SegmentKey) =>
  and(eq(segments.profileId, profileId), eq(segments.id, id))

/** One page of a profile's segments, newest first. Throws `field-invalid` for a cursor that no list gave. */
export async function listSegments({ db }: Service, profileId: string, query: SegmentQuery) {
  const page = pageOfRows(query, segments)
  const { sourceId, favourite, origin, keyword, q } = query
  const holds = (text: string, column: typeof segments.name) =>
    sql`position(lower(${text}) in lower(${column})) > 0`
  const rows = await db.ofProfile(profileId, (tx) =>
    tx
      .select()
      .from(segments)
      .where(
        and(
          eq(segments.profileId, profileId),
          sourceId === undefined ? undefined : eq(segments.sourceId, sourceId),
          favourite === undefined ? undefined : eq(segments.favourite, favourite),
          origin === undefined ? undefined : eq(segments.origin, origin),
          keyword === undefined ? undefined : arrayContains(segments.keywords, [keyword]),
          q === undefined
            ? undefined
            : or(
                holds(q, segments.name),
                sql`exists (select from unnest(${segments.keywords}) as word where position(lower(${q}) in lower(word)) > 0)`,
              ),
          page.after,
        ),
      )
      .orderBy(...page.order)
      .limit(page.limit),
  )
  return toPage(rows, query, segmentAnswer)
}

/** Throws `not-found`. */
export async function getSegment({ db }: Service, key: SegmentKey): Promise<Segment> {
  return segmentAnswer(await db.ofProfile(key.profileId, (tx) => findSegment(tx, key)))
}

/** Marks a segment. Throws `not-found` for the source, `conflict` where it cannot be shown, `field-invalid` for times outside of it. */
export async function createSegment({ db }: Service, profileId: string, input: NewSegment): Promise<Segment> {
  return db.ofProfile(profileId, async (tx) => {
    const source = await heldSource(tx, { profileId, id: input.sourceId })
    checkTimes(source, input.start, input.end)
    const { keywords = [], name = '', favourite = false, ...times } = input
    const [row] = await tx
      .insert(segments)
      .values({ profileId, ...times, name, favourite, keywords: distinct(keywords), origin: 'marked' })
      .returning()
    if (row === undefined) throw segmentNotFound()
    return tellOfSegment(tx, row)
  })
}

/**
 * Changes a segment. One whose times a person changed counts as marked: what selection thought of the old ones is gone. Clips keep the
 * cuts that they have. Throws `not-found`, `field-invalid`.
 */
export async function changeSegment(
  { db }: Service,
  key: SegmentKey,
  change: SegmentChange,
): Promise<Segment> {
  return db.ofProfile(key.profileId, async (tx) => {
    const { sourceId } = await findSegment(tx, key)
    const source = (await lastingSources(tx, key.profileId, [sourceId])).get(sourceId)
    if (source === undefined) throw segmentNotFound()
    const row = await heldSegment(tx, key)
    const { start = row.start, end = row.end, name = row.name, favourite = row.favourite } = change
    const keywords = change.keywords === undefined ? row.keywords : distinct(change.keywords)
    const moved = start !== row.start || end !== row.end
    if (moved) checkTimes(source, start, end)
    const [changed] = await tx
      .update(segments)
      .set({
        ...{ start, end, name, favourite, keywords },
        ...(moved && { origin: 'marked', score: null, why: '' }),
      })
      .where(thisSegment(key))
      .returning()
    if (changed === undefined) throw segmentNotFound()
    return tellOfSegment(tx, changed)
  })
}

/** Deletes a segment; clips keep the cuts that came from it. Throws `not-found`. */
export async function deleteSegment({ db }: Service, key: SegmentKey): Promise<void> {
  await db.ofProfile(key.profileId, async (tx) => {
    await heldSegment(tx, key)
    const projectIds = await projectsWithSegments(tx, key.profileId, thisSegment(key))
    await tx.delete(segments).where(thisSegment(key))
    const data = { id: key.id, deleted: true }
    await appendEvents(tx, key.profileId, [{ type: 'segment', subjectId: key.id, data }])
    await tellOfProjects(tx, key.profileId, projectIds)
  })
}

/** Tells of a segment as it is now; to be called last in a transaction. Returns it as the API shows it. */
async function tellOfSegment(tx: Tx, row: SegmentRow): Promise<Segment> {
  await tellOfSegments(tx, row.profileId, [row])
  return segmentAnswer(row)
}

/** Tells of segments as they are now; to be called last in a transaction. */
export const tellOfSegments = (tx: Tx, profileId: string, rows: readonly SegmentRow[]): Promise<void> =>
  appendEvents(
    tx,
    profileId,
    rows.map((row) => ({ type: 'segment', subjectId: row.id, data: segmentAnswer(row) })),
  )

async function findSegment(tx: Tx, key: SegmentKey): Promise<SegmentRow> {
  const [row] = await tx.select().from(segments).where(thisSegment(key))
  if (row === undefined) throw segmentNotFound()
  return row
}

async function heldSegment(tx: Tx, key: SegmentKey): Promise<SegmentRow> {
  const [row] = await tx.select().from(segments).where(thisSegment(key)).for('update')
  if (row === undefined) throw segmentNotFound()
  return row
}

/** Ids of the projects that have some of the segments to which a condition applies. */
export async function projectsWithSegments(
  tx: Tx,
  profileId: string,
  condition: SQL | undefined,
): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: projectSegments.projectId })
    .from(projectSegments)
    .innerJoin(
      segments,
      and(eq(segments.profileId, projectSegments.profileId), eq(segments.id, projectSegments.segmentId)),
    )
    .where(and(eq(projectSegments.profileId, profileId), condition))
  return rows.map(({ id }) => id)
}

/** Those that there are of some segments, by id. Neither they nor their sources are deleted until the end of the transaction. */
export async function lastingSegments(
  tx: Tx,
  profileId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SegmentRow>> {
  if (ids.length === 0) return new Map()
  const named = and(eq(segments.profileId, profileId), inArray(segments.id, [...ids]))
  const shown = await tx.selectDistinct({ id: segments.sourceId }).from(segments).where(named)
  await lastingSources(
    tx,
    profileId,
    shown.map(({ id }) => id),
  )
  const rows = await tx.select().from(segments).where(named).orderBy(asc(segments.id)).for('key share')
  return new Map(rows.map((row) => [row.id, row]))
}

function checkTimes({ probe }: SourceRow, start: number, end: number): void {
  if (!probe?.video)
    throw new CutroomError('conflict', 'The source holds no moving picture, so nothing of it can be shown.')
  const invalid = (field: string, message: string, details: Record<string, number>) => {
    throw new CutroomError('field-invalid', message, { field, details })
  }
  const { durationSeconds } = probe
  if (end > durationSeconds)
    invalid('end', `end is ${end} s; the source ends at ${durationSeconds} s.`, {
      limit: durationSeconds,
      value: end,
    })
  // A nanosecond, because decimal fractions are not exact.
  if (end - start < SHORTEST_SEGMENT - 1e-9)
    invalid('end', `end must be at least ${SHORTEST_SEGMENT} s after start; it is ${end - start} s.`, {
      limit: SHORTEST_SEGMENT,
      value: end - start,
    })
}

const distinct = (keywords: readonly string[]): string[] => [
  ...new Set(keywords.map((keyword) => keyword.trim()).filter((keyword) => keyword !== '')),
]

const segmentNotFound = (): CutroomError => new CutroomError('not-found', 'There is no segment of that id.')
