import type { JobRecord } from '@cutroom/contracts'
import type { Tx } from '../db/database.ts'
import { type JobRow, toJob } from '../db/queries/jobs.ts'
import { whyWaiting } from '../queue/waits.ts'

/** Jobs as the API shows them, with what those that wait wait for. One query at most, however many there are. */
export async function jobAnswers(tx: Tx, profileId: string, rows: readonly JobRow[]): Promise<JobRecord[]> {
  const waits = await whyWaiting(tx, profileId, rows)
  return rows.map((row) => toJob(row, waits.get(row.id)))
}

export async function jobAnswer(tx: Tx, row: JobRow): Promise<JobRecord> {
  return toJob(row, (await whyWaiting(tx, row.profileId, [row])).get(row.id))
}
