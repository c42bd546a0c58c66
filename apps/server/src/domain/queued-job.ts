import type { CutroomError, StageName } from '@cutroom/contracts'
import type { Job } from './job.ts'
import type { Service } from './service.ts'

/** An attempt of a job that the queue gave out: its stages read and write the rows of its profile. */
export interface QueuedJob extends Job {
  readonly service: Service
  readonly jobId: string
  /** From 1; never the same twice. */
  readonly attempt: number
  /** Whether the job would be tried again if this attempt ended with the error. */
  triesAgain(error: CutroomError): boolean
  /** Says how many stages of each name are to come in all, so that the progress of the whole job is told in proportion. */
  expect(stages: Partial<Record<StageName, number>>): void
}
