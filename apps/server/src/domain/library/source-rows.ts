import { CutroomError, type Source } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, eq } from '../../db/drizzle.ts'
import { appendEvent } from '../../db/queries/events.ts'
import { sources } from '../../db/schema/index.ts'
import { findSource } from './accept.ts'
import { type SourceRow, sourceAnswer } from './answers.ts'

export interface SourceKey {
  readonly profileId: string
  /** SHA-256 of the bytes. */
  readonly id: string
}

export const thisSource = ({ profileId, id }: SourceKey) =>
  and(eq(sources.profileId, profileId), eq(sources.id, id))

/** The row of a source, held until the end of the transaction. Throws `not-found`. */
export async function heldSource(tx: Tx, key: SourceKey): Promise<SourceRow> {
  const row = await findSource(tx, key.profileId, key.id)
  if (row === null) throw sourceNotFound()
  return row
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
