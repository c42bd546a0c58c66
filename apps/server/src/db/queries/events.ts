import type { EventType } from '@cutroom/contracts'
import type { Tx } from '../database.ts'
import { and, asc, eq, gt, lt, max, sql } from '../drizzle.ts'
import { EVENTS_CHANNEL } from '../event-hub.ts'
import { takeProfileLock } from '../locks.ts'
import { events } from '../schema/jobs.ts'

/** How long an event can be resumed from. */
export const KEEP_SECONDS = 60 * 60

/** A change of a thing; `data` is the thing as the API shows it, or `{id, deleted: true}`. */
export interface NewEvent {
  readonly type: EventType
  readonly subjectId: string
  /** A bare text would be read back as the JSON that it may look like. */
  readonly data: object
}

/**
 * Tells of changes of different things of the transaction's profile; they are heard of when the transaction commits. Call it last: the
 * writers of one profile wait here for one another until the end of their transactions, so that ids are in the order of commits.
 */
export async function appendEvents(tx: Tx, profileId: string, list: readonly NewEvent[]): Promise<void> {
  if (list.length === 0) return
  await lockEvents(tx, profileId)
  await tx
    .insert(events)
    .values(list.map(({ type, subjectId, data }) => ({ profileId, type, subjectId, data })))
    .onConflictDoUpdate({
      target: [events.profileId, events.type, events.subjectId],
      set: { id: sql`default`, data: sql`excluded.data`, createdAt: sql`clock_timestamp()` },
    })
  await tx.execute(sql`select pg_notify(${EVENTS_CHANNEL}, ${profileId})`)
}

/** Waits for the turn to tell, until the end of the transaction: what is read from now on is the latest. */
export async function lockEvents(tx: Tx, profileId: string): Promise<void> {
  await takeProfileLock(tx, 'events', profileId)
}

/** Tells of the change of one thing; see `appendEvents`. */
export const appendEvent = (tx: Tx, profileId: string, event: NewEvent): Promise<void> =>
  appendEvents(tx, profileId, [event])

export type StoredEvent = Pick<typeof events.$inferSelect, 'id' | 'type' | 'data'>

/** What changed after an event, oldest first. */
export const eventsAfter = (tx: Tx, profileId: string, id: number, limit: number): Promise<StoredEvent[]> =>
  tx
    .select({ id: events.id, type: events.type, data: events.data })
    .from(events)
    .where(and(eq(events.profileId, profileId), gt(events.id, id)))
    .orderBy(asc(events.id))
    .limit(limit)

/** The id of the latest event; 0 where there is none. */
export async function lastEventId(tx: Tx, profileId: string): Promise<number> {
  const [row] = await tx
    .select({ id: max(events.id) })
    .from(events)
    .where(eq(events.profileId, profileId))
  return row?.id ?? 0
}

/**
 * Forgets what is twice too old to be resumed from, so that no reader misses an event at the edge. The newest stays, however old it is:
 * who has heard it last goes on from it.
 */
export async function trimEvents(tx: Tx, profileId: string): Promise<void> {
  const old = sql`now() - ${2 * KEEP_SECONDS} * interval '1 second'`
  const newest = tx
    .select({ id: max(events.id) })
    .from(events)
    .where(eq(events.profileId, profileId))
  await tx
    .delete(events)
    .where(and(eq(events.profileId, profileId), lt(events.createdAt, old), lt(events.id, sql`(${newest})`)))
}
