import { CutroomError, isId, type Key, type newKeySchema } from '@cutroom/contracts'
import type { z } from 'zod'
import type { Database, Tx } from '../../db/database.ts'
import { and, desc, eq, inArray, isNull, sql } from '../../db/drizzle.ts'
import { apiKeyProfiles, apiKeys } from '../../db/schema/people.ts'
import { checkProfiles } from '../profiles/profiles.ts'
import type { Caller } from './caller.ts'
import { hashSecret, isSecret, newSecret } from './secrets.ts'

/** Long enough to tell keys apart, too short to guess the rest. */
const HINT_LENGTH = 10
/** `lastUsedAt` is not written more often than this. */
const USE_NOTED_EVERY_MS = 60_000

type KeyRow = typeof apiKeys.$inferSelect

/** Makes a key for `createdBy`, or for nobody in particular. The secret is returned this once. Throws `not-found` for an unknown profile. */
export async function createKey(
  db: Database,
  createdBy: string | null,
  key: z.infer<typeof newKeySchema>,
): Promise<Key & { secret: string }> {
  const secret = newSecret('key')
  const profileIds = key.profileIds === null ? null : [...new Set(key.profileIds)]
  return db.shared(async (tx) => {
    await checkProfiles(tx, profileIds ?? [])
    const [row] = await tx
      .insert(apiKeys)
      .values({
        name: key.name,
        keyHash: hashSecret(secret),
        hint: secret.slice(0, HINT_LENGTH),
        access: key.access,
        allProfiles: profileIds === null,
        createdBy,
      })
      .returning()
    if (row === undefined) throw new CutroomError('internal', 'The key was not written.')
    if (profileIds !== null)
      await tx.insert(apiKeyProfiles).values(profileIds.map((profileId) => ({ keyId: row.id, profileId })))
    return { ...answerOf(row, profileIds ?? []), secret }
  })
}

/** Every key, the newest first; revoked ones included, so that people see what was. */
export async function listKeys(db: Database): Promise<{ items: Key[] }> {
  return db.shared(async (tx) => {
    const rows = await tx.select().from(apiKeys).orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    const reached = await tx.select().from(apiKeyProfiles)
    const ofKey = Map.groupBy(reached, ({ keyId }) => keyId)
    return {
      items: rows.map((row) =>
        answerOf(
          row,
          (ofKey.get(row.id) ?? []).map(({ profileId }) => profileId),
        ),
      ),
    }
  })
}

/** Ends a key for ever. Once more does nothing. Throws `not-found`. */
export async function revokeKey(db: Database, id: string): Promise<void> {
  const found = isId(id)
    ? await db.shared((tx) =>
        tx
          .update(apiKeys)
          .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
          .where(eq(apiKeys.id, id))
          .returning({ id: apiKeys.id }),
      )
    : []
  if (found.length === 0) throw new CutroomError('not-found', 'There is no such key.')
}

/** Ends what a person who is no owner any more gave out as one. */
export async function revokeKeysOf(tx: Tx, personId: string): Promise<void> {
  await tx
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiKeys.createdBy, personId), isNull(apiKeys.revokedAt)))
}

/** The caller that a key stands for; `null` where there is none such, or it was revoked. */
export async function callerOfKey(tx: Tx, secret: string): Promise<Caller | null> {
  if (!isSecret('key', secret)) return null
  const rows = await tx
    .select({ key: apiKeys, profileId: apiKeyProfiles.profileId })
    .from(apiKeys)
    .leftJoin(apiKeyProfiles, eq(apiKeyProfiles.keyId, apiKeys.id))
    .where(eq(apiKeys.keyHash, hashSecret(secret)))
  const key = rows[0]?.key
  if (key === undefined || key.revokedAt !== null) return null
  await noteUse(tx, key)
  return {
    kind: 'key',
    id: key.id,
    role: key.allProfiles && key.access === 'write' ? 'owner' : 'member',
    access: key.access,
    profileIds: key.allProfiles ? null : rows.flatMap(({ profileId }) => profileId ?? []),
  }
}

async function noteUse(tx: Tx, { id, lastUsedAt }: KeyRow): Promise<void> {
  if (lastUsedAt !== null && Date.now() - lastUsedAt.getTime() < USE_NOTED_EVERY_MS) return
  // Many requests of a key come at once: those that find the row taken need not wait to say the same.
  const free = tx
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(eq(apiKeys.id, id))
    .for('update', { skipLocked: true })
  await tx.update(apiKeys).set({ lastUsedAt: sql`now()` }).where(inArray(apiKeys.id, free))
}

const answerOf = (row: KeyRow, profileIds: readonly string[]): Key => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  access: row.access,
  profileIds: row.allProfiles ? null : [...profileIds],
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
})
