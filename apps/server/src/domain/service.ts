import type { JobRecord } from '@cutroom/contracts'
import type { Database, Tx } from '../db/database.ts'
import type { EventHub } from '../db/event-hub.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Queue } from '../queue/queue.ts'
import type { Studio } from './job.ts'

/** What every request and every job of a service works with. Nothing in it belongs to a profile. */
export interface Service {
  readonly db: Database
  readonly hub: EventHub
  readonly queue: Queue
  readonly studio: Studio
  /** Bytes of the largest upload. */
  readonly maxUploadBytes: number
  readonly log: Log
  readonly metrics: Metrics
  /** For one request alone: keeps the job that it asked for as its answer, in the transaction that queues the job. */
  readonly keepJob?: (tx: Tx, job: JobRecord) => Promise<void>
}
