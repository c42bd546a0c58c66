import { CutroomError, type Source } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, eq, inArray } from '../../db/drizzle.ts'
import { appendEvent } from '../../db/queries/events.ts'
import { sources } from '../../db/schema/index.ts'
import { type SourceRow, sourceAnswer } from './answers.ts'

export interface SourceKey {
  readonly profileId: string
  /** SHA-256 of the bytes. */
  readonly id: string
}

export const thisSource = ({ profileId, id }: SourceKey) =>
  and(eq(sources.profileId, profileId), eq(sources.id, id))

/** A source as it is. Throws `not-found`. */
export async function findSource(tx: Tx, key: SourceKey): Promise<SourceRow> {
  const [row] = await tx.select().from(sources).where(thisSource(key))
  if (row === undefined) throw sourceNotFound()
  return row
}

/** The row of a source, where there is one, held until the end of the transaction. */
export async function lockSource(tx: Tx, key: SourceKey): Promise<SourceRow | null> {
  const [row] = await tx.select().from(sources).where(thisSource(key)).for('update')
  return row ?? null
}

/** The row of a source, held until the end of the transaction. Throws `not-found`. */
export async function heldSource(tx: Tx, key: SourceKey): Promise<SourceRow> {
  const row = await lockSource(tx, key)
  if (row === null) throw sourceNotFound()
  return row
}

/**
 * Those that there are of some sources, by id. None of them is deleted until the end of the transaction, so a row may be written that
 * names them. Who wants segments or rows of projects as well takes these first, as their deletion does.
 */
export async function lastingSources(
  tx: Tx,
  profileId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SourceRow>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(sources)
    .where(and(eq(sources.profileId, profileId), inArray(sources.id, [...ids])))
    .orderBy(asc(sources.id))
    .for('key share')
  return new Map(rows.map((row) => [row.id, row]))
}

/** Writes what is different about a source and tells of it. Call it last in its transaction. Throws `not-found`. */
export async function changeSource(
  tx: Tx,
  key: SourceKey,
  change: Partial<typeof sources.$inferInsert>,
): Promise<Source> {
  const [row] = await tx.update(sources).set(change).where(thisSource(key)).returning()
  if (row === undefined) throw sourceNotFound()
  const answer = sourceAnswer(row)
  await appendEvent(tx, key.profileId, { type: 'source', subjectId: key.id, data: answer })
  return answer
}

export const sourceNotFound = (): CutroomError =>
  new CutroomError('not-found', 'There is no source of that id.')
