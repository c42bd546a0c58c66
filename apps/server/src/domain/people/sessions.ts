import { CutroomError } from '@cutroom/contracts'
import type { Database, Tx } from '../../db/database.ts'
import { and, eq, gt, lt, ne, sql } from '../../db/drizzle.ts'
import { memberships, people, sessions } from '../../db/schema/people.ts'
import type { Caller } from './caller.ts'
import { isPassword } from './passwords.ts'
import { hashSecret, isSecret, newSecret } from './secrets.ts'

/** A session ends when it was not used for so long. */
export const SESSION_SECONDS = 30 * 86_400
/** Each day of use moves the end. */
const RENEWED_AFTER_SECONDS = 86_400

const fromNow = (seconds: number) => new Date(Date.now() + seconds * 1000)

/** Starts a session of a person. The token is returned this once. */
export async function startSession(tx: Tx, personId: string): Promise<string> {
  const token = newSecret('session')
  await tx.delete(sessions).where(and(eq(sessions.personId, personId), lt(sessions.expiresAt, sql`now()`)))
  await tx
    .insert(sessions)
    .values({ tokenHash: hashSecret(token), personId, expiresAt: fromNow(SESSION_SECONDS) })
  return token
}

/**
 * Starts a session for whoever knows the password; returns its token. Throws `unauthenticated`, alike and after the same work for a wrong e-mail address and a
 * wrong password.
 */
export async function signIn(db: Database, email: string, password: string): Promise<string> {
  const [person] = await db.shared((tx) => tx.select().from(people).where(hasEmail(email)))
  if (!(await isPassword(password, person?.passwordHash)) || person === undefined) {
    throw new CutroomError('unauthenticated', 'The e-mail address or the password is wrong.', {
      remedy: 'Try again; an owner of the studio can print a link that sets a new password.',
    })
  }
  return db.shared((tx) => startSession(tx, person.id))
}

export const hasEmail = (email: string) => eq(sql`lower(${people.email})`, email.toLowerCase())

/** The caller whose session a token is, and whether its end was moved; `null` where there is none such, or it has ended. */
export async function callerOfSession(
  tx: Tx,
  token: string,
): Promise<{ readonly caller: Caller; readonly renewed: boolean } | null> {
  if (!isSecret('session', token)) return null
  const isThis = eq(sessions.tokenHash, hashSecret(token))
  const rows = await tx
    .select({ person: people, expiresAt: sessions.expiresAt, profileId: memberships.profileId })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .leftJoin(memberships, eq(memberships.personId, people.id))
    .where(and(isThis, gt(sessions.expiresAt, sql`now()`)))
  const [found] = rows
  if (found === undefined) return null
  const renewed = found.expiresAt < fromNow(SESSION_SECONDS - RENEWED_AFTER_SECONDS)
  if (renewed)
    await tx
      .update(sessions)
      .set({ expiresAt: fromNow(SESSION_SECONDS) })
      .where(isThis)
  const { id, role } = found.person
  const profileIds = role === 'owner' ? null : rows.flatMap(({ profileId }) => profileId ?? [])
  return { caller: { kind: 'person', id, role, access: 'write', profileIds }, renewed }
}

export async function endSession(db: Database, token: string): Promise<void> {
  await db.shared((tx) => tx.delete(sessions).where(eq(sessions.tokenHash, hashSecret(token))))
}

/** Ends the sessions of a person, but for the one of `keptToken`. */
export async function endSessionsOf(tx: Tx, personId: string, keptToken?: string): Promise<void> {
  const others = keptToken === undefined ? undefined : ne(sessions.tokenHash, hashSecret(keptToken))
  await tx.delete(sessions).where(and(eq(sessions.personId, personId), others))
}
