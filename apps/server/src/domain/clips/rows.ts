import { CutroomError } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, eq, inArray } from '../../db/drizzle.ts'
import { clips } from '../../db/schema/projects.ts'

export type ClipRow = typeof clips.$inferSelect

export const clipNotFound = (): CutroomError => new CutroomError('not-found', 'There is no such clip.')

/** A clip as it is. Throws `not-found`. */
export async function findClip(tx: Tx, profileId: string, clipId: string): Promise<ClipRow> {
  const [row] = await tx
    .select()
    .from(clips)
    .where(and(eq(clips.profileId, profileId), eq(clips.id, clipId)))
  if (row === undefined) throw clipNotFound()
  return row
}

/** A clip that nobody else changes until the end of the transaction. Throws `not-found`. */
export async function lockClip(tx: Tx, profileId: string, clipId: string): Promise<ClipRow> {
  const [row] = await lockClips(tx, profileId, [clipId])
  if (row === undefined) throw clipNotFound()
  return row
}

/** Those that there are of some clips, in the order of their ids: two transactions that want the same ones never wait for one another. */
export const lockClips = (tx: Tx, profileId: string, clipIds: readonly string[]): Promise<ClipRow[]> =>
  tx
    .select()
    .from(clips)
    .where(and(eq(clips.profileId, profileId), inArray(clips.id, [...clipIds])))
    .orderBy(asc(clips.id))
    .for('update')

/** Throws `version-conflict` where a change is based on another version than the present one. */
export function checkVersion(row: ClipRow, version: number): void {
  if (row.version === version) return
  throw new CutroomError(
    'version-conflict',
    `The clip has version ${row.version} by now; the change is based on version ${version}.`,
    { field: 'version', details: { version: row.version } },
  )
}
