import type { Tx } from '../database.ts'
import { and, eq, isNull, lt, sql } from '../drizzle.ts'
import { idempotentRequests } from '../schema/jobs.ts'

/** How long an answer is kept. */
const KEEP_HOURS = 24
/** A request that has no answer after so long has none to come: its process was killed. None of those that can be named takes seconds. */
const LOST_MINUTES = 10

/** A request as its caller named it. */
export interface NamedRequest {
  readonly profileId: string
  readonly callerId: string
  readonly key: string
}

export interface RememberedRequest {
  readonly requestHash: string
  /** `null` while the first request runs, and for a while where its process was killed. */
  readonly status: number | null
  readonly body: string | null
}

const isThis = ({ profileId, callerId, key }: NamedRequest) =>
  and(
    eq(idempotentRequests.profileId, profileId),
    eq(idempotentRequests.callerId, callerId),
    eq(idempotentRequests.key, key),
  )

/**
 * Writes down that a request runs; `null` where it does so for the first time, or where the first was killed, else what is known of the
 * first.
 */
export async function beginRequest(
  tx: Tx,
  named: NamedRequest,
  requestHash: string,
): Promise<RememberedRequest | null> {
  const old = sql`now() - ${KEEP_HOURS} * interval '1 hour'`
  await tx
    .delete(idempotentRequests)
    .where(and(eq(idempotentRequests.profileId, named.profileId), lt(idempotentRequests.createdAt, old)))
  const begun = await tx
    .insert(idempotentRequests)
    .values({ ...named, requestHash })
    .onConflictDoNothing()
    .returning({ key: idempotentRequests.key })
  if (begun.length > 0) return null
  const lost = sql`now() - ${LOST_MINUTES} * interval '1 minute'`
  const takenOver = await tx
    .update(idempotentRequests)
    .set({ createdAt: sql`now()` })
    .where(
      and(
        isThis(named),
        eq(idempotentRequests.requestHash, requestHash),
        isNull(idempotentRequests.status),
        lt(idempotentRequests.createdAt, lost),
      ),
    )
    .returning({ key: idempotentRequests.key })
  if (takenOver.length > 0) return null
  const [first] = await tx.select().from(idempotentRequests).where(isThis(named))
  // Forgotten between the two statements: as if it still ran.
  return first ?? { requestHash, status: null, body: null }
}

/** Keeps the answer for those who ask again. */
export async function keepAnswer(tx: Tx, named: NamedRequest, status: number, body: string): Promise<void> {
  await tx.update(idempotentRequests).set({ status, body }).where(isThis(named))
}

/** Forgets a request that failed through no fault of its own, so that it can be sent again. */
export async function forgetRequest(tx: Tx, named: NamedRequest): Promise<void> {
  await tx.delete(idempotentRequests).where(isThis(named))
}
