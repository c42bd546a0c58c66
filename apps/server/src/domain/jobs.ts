import { CutroomError, type JobListQuery, type JobRecord, problemOf } from '@cutroom/contracts'
import type { Tx } from '../db/database.ts'
import { sql } from '../db/drizzle.ts'
import { CANCEL_CHANNEL } from '../db/event-hub.ts'
import {
  cancelWaiting,
  findJob,
  type JobKey,
  type JobRow,
  type JobsAbout,
  pageOfJobs,
  requestCancel,
  unfinishedJobs,
} from '../db/queries/jobs.ts'
import type { Queue } from '../queue/queue.ts'
import { jobAnswer, jobAnswers } from './job-answers.ts'
import { letGoOfSources } from './library/let-go.ts'
import type { Service } from './service.ts'

/** One page of a profile's jobs, newest first. Throws `field-invalid` for a cursor that no list gave. */
export const listJobs = ({ db }: Service, profileId: string, query: JobListQuery) =>
  db.ofProfile(profileId, async (tx) => {
    const { items, nextCursor } = await pageOfJobs(tx, profileId, query)
    return { items: await jobAnswers(tx, profileId, items), nextCursor }
  })

/** Throws `not-found`. */
export async function getJob({ db }: Service, key: JobKey): Promise<JobRecord> {
  return db.ofProfile(key.profileId, async (tx) => {
    const row = await findJob(tx, key)
    if (row === null) throw notFound()
    return jobAnswer(tx, row)
  })
}

/**
 * Cancels a job: at once where it waits; where it runs its worker is told, and it is `cancelled` when it has stopped. Asking again
 * changes nothing. Throws `not-found`, or `conflict` where it is finished.
 */
export async function cancelJob({ db, queue }: Service, key: JobKey): Promise<JobRecord> {
  return db.ofProfile(key.profileId, async (tx) => jobAnswer(tx, await cancelIn(tx, queue, key)))
}

/** Tells of attempts of a profile's jobs whether they are over: finished, or given to another worker. Of others nothing is known. */
export const isAttemptOver =
  ({ db }: Service, profileId: string) =>
  async (jobId: string, attempt: number): Promise<boolean> => {
    const row = await db.ofProfile(profileId, (tx) => findJob(tx, { profileId, jobId }))
    return row !== null && !(row.state === 'running' && row.attempt === attempt)
  }

/** Cancels all jobs of a profile, or those about something of it. Returns how many are still being stopped. */
export async function cancelJobs(service: Service, profileId: string, about?: JobsAbout): Promise<number> {
  const ids = await service.db.ofProfile(profileId, (tx) => unfinishedJobs(tx, profileId, about))
  return cancelEach(service, profileId, ids)
}

/**
 * Cancels jobs that are not finished meanwhile. Returns how many are still being stopped. Each has a transaction of its own: one that
 * holds what is told of the first job must not wait for the second, which a worker may be about to tell of.
 */
export async function cancelEach(
  { db, queue }: Service,
  profileId: string,
  ids: readonly string[],
): Promise<number> {
  let stopping = 0
  for (const jobId of ids) {
    const cancel = db.ofProfile(profileId, (tx) => cancelIn(tx, queue, { profileId, jobId }))
    const state = await cancel.then(
      (row) => row.state,
      // Finished meanwhile.
      (error: unknown) => {
        if (error instanceof CutroomError && error.code === 'conflict') return 'done'
        throw error
      },
    )
    if (state === 'running') stopping += 1
  }
  return stopping
}

async function cancelIn(tx: Tx, queue: Queue, key: JobKey): Promise<JobRow> {
  const waited = await queue.withdraw(tx, key)
  // One that had begun is told of by its worker.
  const tell = waited ? await letGoOfSources(tx, key, problemOf(ingestCancelled())) : null
  const changed = waited ? await cancelWaiting(tx, key) : await requestCancel(tx, key)
  if (changed !== null) {
    if (tell !== null) await tell()
    else await tx.execute(sql`select pg_notify(${CANCEL_CHANNEL}, ${key.jobId})`)
    return changed
  }
  const row = await findJob(tx, key)
  if (row === null) throw notFound()
  throw new CutroomError('conflict', `The job is ${row.state} already.`, { details: { state: row.state } })
}

/**
 * Enqueues a job that failed or was cancelled once more, under the same id; what its stages have made is found again. Throws
 * `not-found`, or `conflict` where it neither failed nor was cancelled.
 */
export async function retryJob({ db, queue }: Service, key: JobKey): Promise<JobRecord> {
  return db.ofProfile(key.profileId, async (tx) => {
    const again = await queue.again(tx, key)
    if (again !== null) return jobAnswer(tx, again)
    const found = await findJob(tx, key)
    if (found === null) throw notFound()
    throw new CutroomError(
      'conflict',
      `Only a job that failed or was cancelled can be retried; this one is ${found.state}.`,
      {
        details: { state: found.state },
      },
    )
  })
}

const ingestCancelled = () => new CutroomError('cancelled', 'The ingest was cancelled.')

const notFound = () => new CutroomError('not-found', 'There is no job of that id.')
