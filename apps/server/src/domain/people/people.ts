import { CutroomError, isId, type Person, type personChangeSchema } from '@cutroom/contracts'
import type { z } from 'zod'
import type { Database, Tx } from '../../db/database.ts'
import { asc, eq } from '../../db/drizzle.ts'
import { takeLock } from '../../db/locks.ts'
import { memberships, people } from '../../db/schema/people.ts'
import { checkProfiles } from '../profiles/profiles.ts'
import { revokeKeysOf } from './keys.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { endSessionsOf, hasEmail } from './sessions.ts'

type PersonRow = typeof people.$inferSelect

/** Makes those wait who also decide who owns the studio, until the transaction ends. */
export const lockOwners = (tx: Tx) => takeLock(tx, 'owners')

export async function hasOwner(tx: Tx): Promise<boolean> {
  return (await tx.select({ id: people.id }).from(people).where(eq(people.role, 'owner')).limit(1)).length > 0
}

export interface NewPersonRow {
  readonly email: string
  readonly name: string
  readonly passwordHash: string
  readonly role: 'owner' | 'member'
  readonly profileIds: readonly string[]
}

/** Writes a new person. Throws `conflict` where the e-mail address is somebody's. */
export async function insertPerson(tx: Tx, { profileIds, ...person }: NewPersonRow): Promise<string> {
  const [row] = await tx
    .insert(people)
    .values({ ...person, email: person.email.toLowerCase() })
    .onConflictDoNothing()
    .returning({ id: people.id })
  if (row === undefined)
    throw new CutroomError('conflict', `There is somebody with the e-mail address ${person.email} already.`, {
      field: 'email',
    })
  await giveProfiles(tx, row.id, profileIds)
  return row.id
}

async function giveProfiles(tx: Tx, personId: string, profileIds: readonly string[]): Promise<void> {
  await tx.delete(memberships).where(eq(memberships.personId, personId))
  const given = [...new Set(profileIds)].map((profileId) => ({ personId, profileId }))
  if (given.length > 0) await tx.insert(memberships).values(given)
}

/** Everybody, the oldest first. */
export async function listPeople(db: Database): Promise<{ items: Person[] }> {
  return db.shared(async (tx) => {
    const rows = await tx.select().from(people).orderBy(asc(people.createdAt), asc(people.id))
    const reached = Map.groupBy(await tx.select().from(memberships), ({ personId }) => personId)
    return { items: rows.map((row) => answerOf(row, reached.get(row.id) ?? [])) }
  })
}

/** Throws `not-found`. */
export async function getPerson(db: Database, id: string): Promise<Person> {
  return db.shared((tx) => readPerson(tx, id))
}

/**
 * Changes a person. Who is made a member loses the keys that they gave out as an owner. Throws `not-found` for an unknown person or
 * profile, `conflict` for the last owner.
 */
export async function changePerson(
  db: Database,
  id: string,
  change: z.infer<typeof personChangeSchema>,
): Promise<Person> {
  return db.shared(async (tx) => {
    await lockOwners(tx)
    const before = await readPerson(tx, id)
    const { name = before.name, role = before.role, profileIds = before.profileIds } = change
    await checkProfiles(tx, profileIds)
    await tx.update(people).set({ name, role }).where(eq(people.id, id))
    if (!(await hasOwner(tx))) throw lastOwner()
    if (before.role === 'owner' && role === 'member') await revokeKeysOf(tx, id)
    await giveProfiles(tx, id, role === 'owner' ? [] : profileIds)
    return readPerson(tx, id)
  })
}

/** Removes a person with their sessions and keys; what they made stays. Throws `not-found`, and `conflict` for the last owner. */
export async function deletePerson(db: Database, id: string): Promise<void> {
  await db.shared(async (tx) => {
    await lockOwners(tx)
    await readPerson(tx, id)
    await tx.delete(people).where(eq(people.id, id))
    if (!(await hasOwner(tx))) throw lastOwner()
  })
}

const lastOwner = () =>
  new CutroomError('conflict', 'The studio would be left without an owner.', {
    remedy: 'Make somebody else an owner first.',
  })

/** Sets the password of somebody who knows the present one, and ends their other sessions. Throws `field-invalid` where they do not. */
export async function changePassword(
  db: Database,
  personId: string,
  passwords: { readonly current: string; readonly password: string },
  keptToken: string,
): Promise<void> {
  const [row] = await db.shared((tx) => tx.select().from(people).where(eq(people.id, personId)))
  if (!(await isPassword(passwords.current, row?.passwordHash)))
    throw new CutroomError('field-invalid', 'The present password is another.', { field: 'current' })
  const passwordHash = await hashPassword(passwords.password)
  await db.shared(async (tx) => {
    await tx.update(people).set({ passwordHash }).where(eq(people.id, personId))
    await endSessionsOf(tx, personId, keptToken)
  })
}

/** The id of whoever has an e-mail address. Throws `not-found`. */
export async function findPerson(tx: Tx, email: string): Promise<string> {
  const [row] = await tx.select({ id: people.id }).from(people).where(hasEmail(email))
  if (row === undefined) throw personNotFound()
  return row.id
}

async function readPerson(tx: Tx, id: string): Promise<Person> {
  const [row] = isId(id) ? await tx.select().from(people).where(eq(people.id, id)) : []
  if (row === undefined) throw personNotFound()
  return answerOf(row, await tx.select().from(memberships).where(eq(memberships.personId, id)))
}

const personNotFound = () => new CutroomError('not-found', 'There is no such person.')

const answerOf = (row: PersonRow, reached: readonly { profileId: string }[]): Person => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  profileIds: reached.map(({ profileId }) => profileId),
  createdAt: row.createdAt.toISOString(),
})
