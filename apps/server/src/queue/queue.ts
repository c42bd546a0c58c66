import { CutroomError, type JobKind, type Problem, type ProfileLimits, problemOf } from '@cutroom/contracts'
import type { ConnectionFacts } from '../db/connection.ts'
import type { Database, Tx } from '../db/database.ts'
import { eq, sql } from '../db/drizzle.ts'
import { JOBS_CHANNEL } from '../db/event-hub.ts'
import { takeLock } from '../db/locks.ts'
import {
  endLost,
  findJob,
  insertJob,
  type JobKey,
  type JobRow,
  restart,
  startAttempt,
} from '../db/queries/jobs.ts'
import { PROFILE_SETTING } from '../db/schema/columns.ts'
import { profiles, served } from '../db/schema/index.ts'
import {
  type EngineOptions,
  inside,
  profilesInOrder,
  QUEUE,
  queueLast,
  removeWaiting,
  renew,
  startEngine,
  takeLost,
  unclaim,
} from './engine.ts'
import { type PayloadOf, payloadSchemas } from './payloads.ts'
import { PRIORITIES } from './priorities.ts'
import { mayPass } from './retries.ts'
import { isHeldUp, postponeHeldUp } from './waits.ts'

/** A job to be done. */
export interface Order<K extends JobKind> {
  readonly kind: K
  readonly payload: PayloadOf<K>
  /** What it is about, for people. */
  readonly subject: string
  /** Higher goes first among the jobs of its profile, never before another profile's share. Default: that of its kind. */
  readonly priority?: number | undefined
  /**
   * Jobs that share a key run one after another, in the order of enqueueing, whatever their priority, and also while an earlier one
   * is held up or waits for its next attempt: `clip:<id>`.
   */
  readonly serialKeys?: readonly string[]
  readonly projectId?: string
  readonly clipId?: string
  readonly sourceId?: string
}

/** A job that a worker has taken on. */
export interface Claim extends JobKey {
  /** The job as its attempt began. */
  readonly job: JobRow
  readonly attempt: number
  /** How often it was claimed before since it was enqueued or retried by hand, hand-backs not counted. */
  readonly retryCount: number
  readonly profile: { readonly id: string; readonly name: string; readonly limits: ProfileLimits }
}

export interface QueueOptions extends EngineOptions {
  /**
   * Lets go of what a job worked on that fails for good because its workers were lost, before its row says so. What it returns tells of
   * that, and is called last.
   */
  readonly letGo: (tx: Tx, key: JobKey, problem: Problem) => Promise<() => Promise<void>>
}

/**
 * The queue of all profiles. Whatever takes a transaction happens with it or not at all. Where both are changed, the queue's own
 * row comes before the row in `jobs`, so that two transactions never wait for one another.
 */
export interface Queue {
  /** Returns the id of the new job. Throws `field-invalid` for a payload that is not its kind's. */
  enqueue<K extends JobKind>(tx: Tx, profileId: string, order: Order<K>): Promise<string>
  /** Enqueues a job that failed or was cancelled once more; `null` where it did neither. */
  again(tx: Tx, key: JobKey): Promise<JobRow | null>
  /** Takes a waiting job out of the queue; `false` where it does not wait. */
  withdraw(tx: Tx, key: JobKey): Promise<boolean>

  /** Takes on the job whose turn it is, of any profile but those that have no place left with this worker; `null` where there is none. */
  claim(full: readonly string[]): Promise<Claim | null>
  /** Sees to jobs whose worker is gone: they are tried again, or fail where they seem to be what ends workers. */
  noticeLost(): Promise<void>
  /** Gives a sign of life for all claims of a worker; returns the claims that are lost. */
  renew(claims: readonly Claim[]): Promise<readonly Claim[]>
  /** Lets a claimed job go whose row says that it is finished. */
  finish(tx: Tx, claim: Claim): Promise<void>
  /** Has a claimed job tried again after a while that grows with every try. */
  retryLater(tx: Tx, claim: Claim): Promise<void>
  /** Has a claimed job wait again at its old place. */
  handBack(tx: Tx, claim: Claim): Promise<void>
  close(): Promise<void>
}

/** Opens the queue, and makes its tables where they are missing. */
export async function openQueue(db: Database, facts: ConnectionFacts, options: QueueOptions): Promise<Queue> {
  const boss = await startEngine(facts, options)

  async function send(tx: Tx, job: JobRow): Promise<void> {
    const sent = await boss.send(QUEUE, null, {
      ...inside(tx),
      id: job.id,
      priority: job.priority,
      group: { id: job.profileId },
      singletonKey: onlyOf(job.serialKeys) ?? job.id,
    })
    if (sent === null) throw new CutroomError('conflict', 'The job is in the queue already.')
    await queueLast(tx, job.id)
    await wakeWorkers(tx)
  }

  async function noticeLost(tx: Tx): Promise<void> {
    await takeLock(tx, 'claims')
    const lost = new CutroomError('worker-lost', 'The worker was gone before the job was finished.')
    const problem = problemOf(lost)
    const endings: (() => Promise<unknown>)[] = []
    for (const { tries, ...key } of await takeLost(tx)) {
      const again = mayPass(lost, tries)
      let tell: (() => Promise<void>) | null = null
      if (!again) {
        await actFor(tx, key.profileId)
        await removeWaiting(tx, key.profileId, key.jobId)
        tell = await options.letGo(tx, key, problem)
      }
      endings.push(async () => {
        await actFor(tx, key.profileId)
        await endLost(tx, key, { state: again ? 'retrying' : 'failed', problem })
        await tell?.()
      })
    }
    // Whatever is told keeps others of the profile waiting, so it waits for nothing itself.
    for (const end of endings) await end()
  }

  /** Takes on a job of a profile that is not ignored. */
  async function claimBut(tx: Tx, ignored: readonly string[]): Promise<Claim | null> {
    const [taken] = await boss.fetch(QUEUE, { ...inside(tx), ignoreGroups: [...ignored] })
    if (taken === undefined) return null
    const { id: jobId, retryCount } = taken
    const profileId = taken.groupId ?? ''
    await actFor(tx, profileId)
    if (await isHeldUp(tx, { profileId, jobId })) {
      await unclaim(tx, { jobId, retryCount })
      // All at once, since many jobs may be held up by one.
      await postponeHeldUp(tx, profileId)
      return claimBut(tx, ignored)
    }
    const job = await startAttempt(tx, { profileId, jobId })
    const [profile] = await tx.select().from(profiles).where(eq(profiles.id, profileId))
    if (job === null || profile === undefined) {
      // Finished by a worker that was thought to be gone, or deleted with its profile.
      await boss.deleteJob(QUEUE, jobId, inside(tx))
      return null
    }
    const at = sql`clock_timestamp()`
    await tx
      .insert(served)
      .values({ profile: profileId, at })
      .onConflictDoUpdate({ target: served.profile, set: { at } })
    return { profileId, jobId, job, attempt: job.attempt, retryCount, profile }
  }

  return {
    async enqueue(tx, profileId, order) {
      const { kind, subject, priority = PRIORITIES[kind] } = order
      const job = await insertJob(tx, profileId, {
        kind,
        payload: parsePayload(kind, order.payload),
        subject,
        priority,
        serialKeys: [...(order.serialKeys ?? [])],
        projectId: order.projectId ?? null,
        clipId: order.clipId ?? null,
        sourceId: order.sourceId ?? null,
      })
      await send(tx, job)
      return job.id
    },

    async again(tx, key) {
      const job = await findJob(tx, key)
      if (job?.state !== 'failed' && job?.state !== 'cancelled') return null
      // A worker that was thought to be gone may have ended it while it waited for its next try.
      await removeWaiting(tx, key.profileId, key.jobId)
      await send(tx, job)
      return restart(tx, key)
    },

    withdraw: (tx, { profileId, jobId }) => removeWaiting(tx, profileId, jobId),

    claim: (full) =>
      db.shared(async (tx) => {
        await noticeLost(tx)
        const inOrder = await profilesInOrder(tx)
        for (const next of inOrder.filter(({ id, ready }) => ready && !full.includes(id))) {
          // A profile that has come since is not ignored. It has no job running, so it goes over no limit.
          const others = inOrder.filter((profile) => profile !== next).map(({ id }) => id)
          const claim = await claimBut(tx, others)
          if (claim !== null) return claim
          // All that this profile has waits for jobs of the same keys.
        }
        return null
      }),

    noticeLost: () => db.shared(noticeLost),

    async renew(claims) {
      if (claims.length === 0) return []
      const held = await db.shared((tx) => renew(tx, claims))
      return claims.filter(({ jobId }) => !held.has(jobId))
    },

    async finish(tx, claim) {
      await boss.deleteJob(QUEUE, attemptOf(claim), inside(tx))
      await wakeWorkers(tx)
    },
    async retryLater(tx, claim) {
      await boss.fail(QUEUE, attemptOf(claim), null, inside(tx))
    },
    async handBack(tx, claim) {
      await unclaim(tx, claim)
      await wakeWorkers(tx)
    },

    close: () => boss.stop({ graceful: false }),
  }
}

/** Checks a payload against its kind. Throws `field-invalid`. */
export function parsePayload<K extends JobKind>(kind: K, payload: unknown): PayloadOf<K> {
  const parsed = payloadSchemas[kind].safeParse(payload)
  if (parsed.success) return parsed.data as PayloadOf<K>
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') || 'payload'
  throw new CutroomError('field-invalid', `${field}: ${issue?.message}.`, { field })
}

const onlyOf = (keys: readonly string[]): string | undefined => (keys.length === 1 ? keys[0] : undefined)

const attemptOf = ({ jobId, retryCount }: Claim) => ({ id: jobId, retryCount })

const wakeWorkers = (tx: Tx) => tx.execute(sql`select pg_notify(${JOBS_CHANNEL}, '')`)

/** From here on the transaction sees and writes the rows of one profile. */
const actFor = (tx: Tx, profileId: string) =>
  tx.execute(sql`select set_config(${PROFILE_SETTING}, ${profileId}, true)`)
