import {
  CutroomError,
  type Invitation,
  isId,
  type newInvitationSchema,
  type newPersonSchema,
} from '@cutroom/contracts'
import type { z } from 'zod'
import type { Database, Tx } from '../../db/database.ts'
import { and, desc, eq, gt, lt, sql } from '../../db/drizzle.ts'
import { oneTimeLinks, people } from '../../db/schema/people.ts'
import { checkProfiles, livingProfiles } from '../profiles/profiles.ts'
import { hashPassword } from './passwords.ts'
import { findPerson, hasOwner, insertPerson, lockOwners } from './people.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { endSessionsOf, startSession } from './sessions.ts'

type Link = typeof oneTimeLinks.$inferSelect
type NewPerson = z.infer<typeof newPersonSchema>

const LIVES_SECONDS = { setup: 86_400, invitation: 7 * 86_400, reset: 3_600 } as const

/** The token of a link that makes the studio's first owner, once; earlier ones die. `null` where there is an owner. */
export async function createSetupLink(db: Database): Promise<string | null> {
  return db.shared(async (tx) => {
    await lockOwners(tx)
    if (await hasOwner(tx)) return null
    await tx.delete(oneTimeLinks).where(eq(oneTimeLinks.purpose, 'setup'))
    return (await insertLink(tx, { purpose: 'setup', role: 'owner' })).token
  })
}

/** Makes the first owner and signs them in; returns the session's token. Throws `not-found` for a link that was used, has ended or never was. */
export const setUp = (db: Database, input: NewPerson): Promise<string> => becomePerson(db, 'setup', input)

/** Makes the person that an invitation was for and signs them in; returns the session's token. Throws `not-found` and `conflict`. */
export const acceptInvitation = (db: Database, input: NewPerson): Promise<string> =>
  becomePerson(db, 'invitation', input)

async function becomePerson(
  db: Database,
  purpose: 'setup' | 'invitation',
  input: NewPerson,
): Promise<string> {
  const { token, email, name } = input
  // Hashing takes its time, and so only for a link that is there.
  await db.shared((tx) => findLink(tx, purpose, token))
  const passwordHash = await hashPassword(input.password)
  return db.shared(async (tx) => {
    await lockOwners(tx)
    const { role, profileIds } = await useLink(tx, purpose, token)
    const living = await livingProfiles(tx, profileIds)
    return startSession(tx, await insertPerson(tx, { email, name, passwordHash, role, profileIds: living }))
  })
}

/** Makes a link for a new person. Its token is returned this once. Throws `not-found` for an unknown profile. */
export async function invite(
  db: Database,
  { role, profileIds }: z.infer<typeof newInvitationSchema>,
): Promise<Invitation & { token: string }> {
  return db.shared(async (tx) => {
    await checkProfiles(tx, profileIds)
    const { row, token } = await insertLink(tx, { purpose: 'invitation', role, profileIds })
    return { ...answerOf(row), token }
  })
}

/** The invitations that can still be taken up, the newest first. */
export async function listInvitations(db: Database): Promise<{ items: Invitation[] }> {
  const open = and(eq(oneTimeLinks.purpose, 'invitation'), gt(oneTimeLinks.expiresAt, sql`now()`))
  const rows = await db.shared((tx) =>
    tx.select().from(oneTimeLinks).where(open).orderBy(desc(oneTimeLinks.createdAt)),
  )
  return { items: rows.map(answerOf) }
}

/** Throws `not-found`. */
export async function withdrawInvitation(db: Database, id: string): Promise<void> {
  const isThis = and(eq(oneTimeLinks.purpose, 'invitation'), eq(oneTimeLinks.id, id))
  const gone = isId(id)
    ? await db.shared((tx) => tx.delete(oneTimeLinks).where(isThis).returning({ id: oneTimeLinks.id }))
    : []
  if (gone.length === 0) throw new CutroomError('not-found', 'There is no such invitation.')
}

/** The token of a link that sets a new password for whoever has an e-mail address. Throws `not-found`. */
export async function createResetLink(db: Database, email: string): Promise<string> {
  return db.shared(async (tx) => {
    const personId = await findPerson(tx, email)
    await tx.delete(oneTimeLinks).where(eq(oneTimeLinks.personId, personId))
    return (await insertLink(tx, { purpose: 'reset', role: 'member', personId })).token
  })
}

/** Sets a new password, ends every session of the person and starts one; returns its token. Throws `not-found`. */
export async function resetPassword(db: Database, token: string, password: string): Promise<string> {
  await db.shared((tx) => findLink(tx, 'reset', token))
  const passwordHash = await hashPassword(password)
  return db.shared(async (tx) => {
    const { personId } = await useLink(tx, 'reset', token)
    if (personId === null) throw linkNotFound()
    await tx.update(people).set({ passwordHash }).where(eq(people.id, personId))
    await endSessionsOf(tx, personId)
    return startSession(tx, personId)
  })
}

async function insertLink(
  tx: Tx,
  link: Pick<typeof oneTimeLinks.$inferInsert, 'purpose' | 'role' | 'profileIds' | 'personId'>,
): Promise<{ row: Link; token: string }> {
  const token = newSecret('link')
  const expiresAt = new Date(Date.now() + LIVES_SECONDS[link.purpose] * 1000)
  await tx.delete(oneTimeLinks).where(lt(oneTimeLinks.expiresAt, sql`now()`))
  const [row] = await tx
    .insert(oneTimeLinks)
    .values({ ...link, tokenHash: hashSecret(token), expiresAt })
    .returning()
  if (row === undefined) throw new CutroomError('internal', 'The link was not written.')
  return { row, token }
}

const isUsable = (purpose: Link['purpose'], token: string) =>
  and(
    eq(oneTimeLinks.purpose, purpose),
    eq(oneTimeLinks.tokenHash, hashSecret(token)),
    gt(oneTimeLinks.expiresAt, sql`now()`),
  )

async function findLink(tx: Tx, purpose: Link['purpose'], token: string): Promise<Link> {
  const [link] = await tx.select().from(oneTimeLinks).where(isUsable(purpose, token))
  if (link === undefined) throw linkNotFound()
  return link
}

/** The link, which is used up with it. Of several at once, one gets it. */
async function useLink(tx: Tx, purpose: Link['purpose'], token: string): Promise<Link> {
  const [link] = await tx.delete(oneTimeLinks).where(isUsable(purpose, token)).returning()
  if (link === undefined) throw linkNotFound()
  return link
}

const linkNotFound = () =>
  new CutroomError('not-found', 'The link was used, has ended or never was.', {
    remedy: 'Ask for another link.',
  })

const answerOf = ({ id, role, profileIds, createdAt, expiresAt }: Link): Invitation => ({
  id,
  role,
  profileIds,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
})
