import type { JobKind, JobResult, ProfileLimits, StageName } from '@cutroom/contracts'
import type { Job } from '../domain/job.ts'
import type { Service } from '../domain/service.ts'
import type { PayloadOf } from '../queue/payloads.ts'

/** One attempt of a queued job. */
export interface WorkJob extends Job {
  readonly service: Service
  readonly jobId: string
  /** From 1; never the same twice. */
  readonly attempt: number
  readonly limits: ProfileLimits
  /** Says how many stages of each name are to come in all, so that the progress of the whole job is told in proportion. */
  expect(stages: StageCounts): void
}

export type StageCounts = Partial<Record<StageName, number>>

/** Does jobs of one kind. What it returns is kept as the job's result, as JSON. */
export type Handler<K extends JobKind> = (
  job: WorkJob,
  payload: PayloadOf<K>,
) => Promise<JobResult<K> | null | undefined>

/** One for each kind: a missing one does not compile. */
export type Handlers = { readonly [K in JobKind]: Handler<K> }
