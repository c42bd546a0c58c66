import { CutroomError, isId, type Profile as ProfileAnswer } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, desc, eq, inArray, isNull } from '../../db/drizzle.ts'
import { profiles } from '../../db/schema/profiles.ts'
import type { Caller } from '../people/caller.ts'
import type { Service } from '../service.ts'

export type ProfileRow = typeof profiles.$inferSelect

/** The profiles that a caller reaches. */
const reachable = (caller: Caller) =>
  and(
    isNull(profiles.deletedAt),
    caller.profileIds === null ? undefined : inArray(profiles.id, [...caller.profileIds]),
  )
const defaultFirst = [desc(profiles.isDefault), asc(profiles.createdAt), asc(profiles.id)]

/**
 * The profile that a request is about: the one that it names, else the studio's default, else the oldest that the caller reaches.
 * `null` for one that is unknown or out of reach, alike.
 */
export async function chooseProfile(
  tx: Tx,
  caller: Caller,
  requested: string | undefined,
): Promise<ProfileRow | null> {
  if (requested !== undefined && !isId(requested)) return null
  const chosen = and(reachable(caller), requested === undefined ? undefined : eq(profiles.id, requested))
  const [row] = await tx
    .select()
    .from(profiles)
    .where(chosen)
    .orderBy(...defaultFirst)
    .limit(1)
  return row ?? null
}

export const profileNotFound = (): CutroomError => new CutroomError('not-found', 'There is no such profile.')

/** Throws `not-found` unless every id is that of a profile. */
export async function checkProfiles(tx: Tx, ids: readonly string[]): Promise<void> {
  const living = new Set(await livingProfiles(tx, ids))
  if (ids.some((id) => !living.has(id))) throw profileNotFound()
}

/** Those of some ids that are ids of profiles. */
export async function livingProfiles(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const living = and(isNull(profiles.deletedAt), inArray(profiles.id, [...ids]))
  return (await tx.select({ id: profiles.id }).from(profiles).where(living)).map(({ id }) => id)
}

/** The profiles that a caller reaches, the one first that is taken where a request names none. */
export async function listProfiles(service: Service, caller: Caller): Promise<{ items: ProfileAnswer[] }> {
  const rows = await service.db.shared((tx) =>
    tx
      .select()
      .from(profiles)
      .where(reachable(caller))
      .orderBy(...defaultFirst),
  )
  return { items: rows.map(answerOf) }
}

/** A profile as the API shows it. */
export const answerOf = (row: ProfileRow): ProfileAnswer => ({
  id: row.id,
  name: row.name,
  description: row.description,
  colour: row.colour,
  logoVersion: row.logoHash?.slice(0, 12) ?? null,
  defaults: row.defaults,
  limits: row.limits,
  isDefault: row.isDefault,
  createdAt: row.createdAt.toISOString(),
})
