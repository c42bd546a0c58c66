import type {
  JobKind,
  JobListQuery,
  JobNote,
  JobRecord,
  JobResult,
  JobState,
  Problem,
  StageRecord,
} from '@cutroom/contracts'
import { z } from 'zod'
import type { Tx } from '../database.ts'
import { and, arrayContained, arrayContains, eq, inArray, min, ne, or, type SQL, sql } from '../drizzle.ts'
import { jobs } from '../schema/jobs.ts'
import { appendEvent } from './events.ts'
import { pageOfRows, toPage } from './page.ts'

export type JobRow = typeof jobs.$inferSelect

/** How far an attempt is. */
export interface JobProgress {
  readonly fraction: number
  readonly stage: string | null
  readonly speed: number | null
  readonly secondsLeft: number | null
  readonly stages: StageRecord[]
  readonly notes: JobNote[]
}

const NO_PROGRESS: JobProgress = {
  fraction: 0,
  stage: null,
  speed: null,
  secondsLeft: null,
  stages: [],
  notes: [],
}

/** The key of jobs that write a clip. */
export const clipKey = (clipId: string): string => `clip:${clipId}`

/** Which job, and in which states it has to be for a change. */
export interface JobKey {
  readonly profileId: string
  readonly jobId: string
}

export const UNFINISHED: JobState[] = ['waiting', 'running', 'retrying']

const found = ({ profileId, jobId }: JobKey) => and(eq(jobs.profileId, profileId), eq(jobs.id, jobId))
/** The attempt that a worker runs. It finds nothing once the attempt is not the running one any more. */
const running = (key: JobKey & { readonly attempt: number }) =>
  and(found(key), eq(jobs.attempt, key.attempt), eq(jobs.state, 'running'))

/** Why a job waits, as the API shows it. */
export type Wait = Pick<JobRecord, 'waitsFor' | 'waitsForJobId' | 'retryAt'>

export const NO_WAIT: Wait = { waitsFor: null, waitsForJobId: null, retryAt: null }

/** The part of a payload that all kinds share which render. */
const rendering = z.object({ presetId: z.string() })

/** The job as the API shows it. */
export function toJob(row: JobRow, wait: Wait = NO_WAIT): JobRecord {
  const { profileId: _profile, payload, serialKeys: _keys, ...shown } = row
  return {
    ...shown,
    ...wait,
    presetId: rendering.safeParse(payload).data?.presetId ?? null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    cancelRequestedAt: row.cancelRequestedAt?.toISOString() ?? null,
  }
}

/** Changes a job that fits, and tells of it; `null` where none fits. */
async function change(tx: Tx, where: SQL | undefined, set: Partial<JobSet>): Promise<JobRow | null> {
  const [row] = await tx.update(jobs).set(set).where(where).returning()
  if (row === undefined) return null
  await tell(tx, row)
  return row
}

type JobSet = { [C in keyof JobRow]: JobRow[C] | SQL }

const tell = (tx: Tx, row: JobRow) =>
  appendEvent(tx, row.profileId, { type: 'job', subjectId: row.id, data: toJob(row) })

export interface NewJob {
  readonly kind: JobKind
  readonly payload: unknown
  readonly subject: string
  readonly priority: number
  readonly serialKeys: string[]
  readonly projectId: string | null
  readonly clipId: string | null
  readonly sourceId: string | null
}

export async function insertJob(tx: Tx, profileId: string, job: NewJob): Promise<JobRow> {
  const [row] = await tx
    .insert(jobs)
    .values({ profileId, ...job })
    .returning()
  if (row === undefined) throw new Error('A job that was inserted has no row.')
  await tell(tx, row)
  return row
}

/** The next attempt of a job that was claimed; `null` where the job is finished or gone. */
export const startAttempt = (tx: Tx, key: JobKey): Promise<JobRow | null> =>
  change(tx, and(found(key), inArray(jobs.state, UNFINISHED)), {
    ...NO_PROGRESS,
    state: 'running',
    attempt: sql`${jobs.attempt} + 1`,
    problem: null,
    startedAt: sql`now()`,
  })

/** Writes how far an attempt is; `null` where it is not the running one any more. */
export const writeProgress = (
  tx: Tx,
  attempt: JobKey & { readonly attempt: number },
  progress: JobProgress,
) => change(tx, running(attempt), progress)

/** Whether an attempt is still the running one; if so, it is until the end of the transaction. */
export async function isRunning(tx: Tx, attempt: JobKey & { readonly attempt: number }): Promise<boolean> {
  const rows = await tx.select({ id: jobs.id }).from(jobs).where(running(attempt)).for('share')
  return rows.length > 0
}

/** How an attempt ends: for good, or to be tried again. */
export interface Ending {
  readonly state: Exclude<JobState, 'running'>
  readonly result?: JobResult | null
  readonly problem?: Problem
}

/** Ends an attempt; `null` where it is not the running one any more. */
export const endAttempt = (
  tx: Tx,
  attempt: JobKey & { readonly attempt: number },
  progress: JobProgress,
  ending: Ending,
) => change(tx, running(attempt), { ...progress, ...endingOf(ending) })

/** Ends the attempt of a worker that is gone. */
export const endLost = (tx: Tx, key: JobKey, ending: Ending) =>
  change(tx, and(found(key), eq(jobs.state, 'running')), endingOf(ending))

function endingOf({ state, result = null, problem }: Ending): Partial<JobSet> {
  const finished = state === 'done' || state === 'failed' || state === 'cancelled'
  return {
    state,
    result,
    problem: problem ?? null,
    speed: null,
    secondsLeft: null,
    ...(state === 'done' && { fraction: 1 }),
    ...(finished && { finishedAt: sql`now()` }),
  }
}

/** A job that was taken out of the queue before an attempt; `null` where a worker that was thought to be gone has finished it. */
export const cancelWaiting = (tx: Tx, key: JobKey) =>
  change(tx, and(found(key), inArray(jobs.state, UNFINISHED)), {
    state: 'cancelled',
    finishedAt: sql`now()`,
    cancelRequestedAt: sql`now()`,
  })

/** Notes that a running job is to be stopped; `null` where it is not running. */
export const requestCancel = (tx: Tx, key: JobKey) =>
  change(tx, and(found(key), eq(jobs.state, 'running')), {
    cancelRequestedAt: sql`coalesce(${jobs.cancelRequestedAt}, now())`,
  })

/** A job that failed or was cancelled waits again; `null` where it did not. */
export const restart = (tx: Tx, key: JobKey) =>
  change(tx, and(found(key), inArray(jobs.state, ['failed', 'cancelled'])), {
    ...NO_PROGRESS,
    state: 'waiting',
    problem: null,
    startedAt: null,
    finishedAt: null,
    cancelRequestedAt: null,
  })

export const findJob = async (tx: Tx, key: JobKey): Promise<JobRow | null> =>
  (await tx.select().from(jobs).where(found(key)))[0] ?? null

/** Which jobs are meant: those of a project, of a source, or of clips and no others. */
export interface JobsAbout {
  readonly projectId?: string
  readonly sourceId?: string
  readonly clipIds?: readonly string[]
}

/** Ids of the jobs that are not finished, all or those about something. */
export async function unfinishedJobs(
  tx: Tx,
  profileId: string,
  { projectId, sourceId, clipIds }: JobsAbout = {},
): Promise<string[]> {
  const rows = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.profileId, profileId),
        inArray(jobs.state, UNFINISHED),
        projectId === undefined ? undefined : eq(jobs.projectId, projectId),
        sourceId === undefined ? undefined : eq(jobs.sourceId, sourceId),
        clipIds === undefined ? undefined : ofClips(clipIds),
      ),
    )
  return rows.map(({ id }) => id)
}

/** Whether a profile has a job that is not finished and for which `such` holds. */
export async function hasUnfinishedJob(tx: Tx, profileId: string, such: SQL | undefined): Promise<boolean> {
  const [job] = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.profileId, profileId), inArray(jobs.state, UNFINISHED), such))
    .limit(1)
  return job !== undefined
}

/** When the running attempt of a profile began that runs longest; `null` where none runs. */
export async function oldestStart(tx: Tx, profileId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ at: min(jobs.startedAt) })
    .from(jobs)
    .where(and(eq(jobs.profileId, profileId), eq(jobs.state, 'running')))
  return row?.at ?? null
}

const ofClips = (clipIds: readonly string[]) =>
  or(
    inArray(jobs.clipId, [...clipIds]),
    and(ne(jobs.serialKeys, []), arrayContained(jobs.serialKeys, clipIds.map(clipKey))),
  )

/** The rows of one page of a profile's jobs, newest first. */
export async function pageOfJobs(tx: Tx, profileId: string, query: JobListQuery) {
  const { after, order, limit } = pageOfRows(query, jobs)
  const { state, kind, projectId, clipId } = query
  const rows = await tx
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.profileId, profileId),
        state === undefined ? undefined : eq(jobs.state, state),
        kind === undefined ? undefined : eq(jobs.kind, kind),
        projectId === undefined ? undefined : eq(jobs.projectId, projectId),
        clipId === undefined
          ? undefined
          : or(eq(jobs.clipId, clipId), arrayContains(jobs.serialKeys, [clipKey(clipId)])),
        after,
      ),
    )
    .orderBy(...order)
    .limit(limit)
  return toPage(rows, query, (row) => row)
}
