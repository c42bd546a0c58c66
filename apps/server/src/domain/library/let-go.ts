import type { Problem } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { appendEvents } from '../../db/queries/events.ts'
import { failSourcesOf } from '../../db/queries/ingests.ts'
import type { JobKey } from '../../db/queries/jobs.ts'
import { sourceAnswer } from './answers.ts'

/**
 * Has the sources fail that a job was to ingest and that no other job is to ingest, since no worker is going to tell of them. What it
 * returns tells of that; call it last in the transaction.
 */
export async function letGoOfSources(tx: Tx, key: JobKey, problem: Problem): Promise<() => Promise<void>> {
  const rows = await failSourcesOf(tx, key, problem)
  return () =>
    appendEvents(
      tx,
      key.profileId,
      rows.map((row) => ({ type: 'source', subjectId: row.id, data: sourceAnswer(row) })),
    )
}
