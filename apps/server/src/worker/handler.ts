import type { JobKind, JobResult, ProfileLimits, StageName } from '@cutroom/contracts'
import type { QueuedJob } from '../domain/queued-job.ts'
import type { PayloadOf } from '../queue/payloads.ts'

/** One attempt of a queued job. */
export interface WorkJob extends QueuedJob {
  readonly limits: ProfileLimits
}

export type StageCounts = Partial<Record<StageName, number>>

/** Does jobs of one kind. What it returns is kept as the job's result, as JSON. */
export type Handler<K extends JobKind> = (
  job: WorkJob,
  payload: PayloadOf<K>,
) => Promise<JobResult<K> | null | undefined>

/** One for each kind: a missing one does not compile. */
export type Handlers = { readonly [K in JobKind]: Handler<K> }
