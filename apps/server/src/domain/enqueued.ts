import { CutroomError, type JobKind, type JobRecord } from '@cutroom/contracts'
import type { Tx } from '../db/database.ts'
import { findJob } from '../db/queries/jobs.ts'
import type { Order } from '../queue/queue.ts'
import { jobAnswer } from './job-answers.ts'
import type { Service } from './service.ts'

/** Queues a job and answers with it; where the request can come again, it finds this answer from then on, or neither is there. */
export async function enqueued<K extends JobKind>(
  { queue, keepJob }: Service,
  tx: Tx,
  profileId: string,
  order: Order<K>,
): Promise<JobRecord> {
  const jobId = await queue.enqueue(tx, profileId, order)
  const row = await findJob(tx, { profileId, jobId })
  if (row === null) throw new CutroomError('internal', 'The row of a job vanished.')
  const answer = await jobAnswer(tx, row)
  await keepJob?.(tx, answer)
  return answer
}
