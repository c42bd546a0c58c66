import type { JobKind, Problem } from '@cutroom/contracts'
import type { Tx } from '../database.ts'
import { and, eq, inArray, ne, notExists, type SQL, sql } from '../drizzle.ts'
import { jobs } from '../schema/jobs.ts'
import { sources } from '../schema/library.ts'
import { hasUnfinishedJob, type JobKey, UNFINISHED } from './jobs.ts'

/** Kinds of jobs that ingest the sources that they name where nobody did so before. */
const INGESTING: JobKind[] = ['ingest', 'one-shot', 'multi-video']

/** Whether a job ingests a source. An id is a SHA-256, which stands in a payload for nothing else. */
const ingests = (sourceId: SQL): SQL | undefined =>
  and(inArray(jobs.kind, INGESTING), sql`position(${sourceId} in ${jobs.payload}::text) > 0`)

/** Whether a job that is not finished, and not the one that is named, is to ingest a source. */
export const isToBeIngested = (
  tx: Tx,
  { profileId, id }: { readonly profileId: string; readonly id: string },
  butJobId?: string,
): Promise<boolean> =>
  hasUnfinishedJob(
    tx,
    profileId,
    and(ingests(sql`${id}`), butJobId === undefined ? undefined : ne(jobs.id, butJobId)),
  )

/** Has the sources fail that a job was to ingest and did not, and that no other job is to ingest. Returns their rows; nothing is told. */
export async function failSourcesOf(tx: Tx, { profileId, jobId }: JobKey, problem: Problem) {
  const unfinishedSource = and(
    eq(sources.profileId, profileId),
    inArray(sources.state, ['waiting', 'ingesting']),
  )
  const ofOthers = tx
    .select({ one: sql`1` })
    .from(jobs)
    .where(
      and(
        eq(jobs.profileId, profileId),
        ne(jobs.id, jobId),
        inArray(jobs.state, UNFINISHED),
        ingests(sql`${sources.id}`),
      ),
    )
  const ofJob = sql`exists (select from ${jobs} where ${and(
    eq(jobs.profileId, profileId),
    eq(jobs.id, jobId),
    ingests(sql`${sources.id}`),
  )})`
  return tx
    .update(sources)
    .set({ state: 'failed', problem })
    .where(and(unfinishedSource, ofJob, notExists(ofOthers)))
    .returning()
}
