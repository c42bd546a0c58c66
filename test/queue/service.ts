import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JobRecord, JobState } from '@cutroom/contracts'
import { readConfig } from '../../apps/server/src/config.ts'
import type { ConnectionFacts } from '../../apps/server/src/db/connection.ts'
import { profiles } from '../../apps/server/src/db/schema/profiles.ts'
import { cancelJobs, getJob } from '../../apps/server/src/domain/jobs.ts'
import { openService } from '../../apps/server/src/domain/open-service.ts'
import type { Service } from '../../apps/server/src/domain/service.ts'
import { createLog } from '../../apps/server/src/log.ts'
import type { Order } from '../../apps/server/src/queue/queue.ts'
import type { Handler, Handlers } from '../../apps/server/src/worker/handler.ts'
import { eventually } from '../support/children.ts'

/** Everything that a worker and its callers need. */
export async function openTestService(
  facts: ConnectionFacts,
  dataDir: string,
): Promise<Service & AsyncDisposable> {
  const settings = { ...readConfig(), dataDir, database: facts, maxUploadBytes: 1_000_000 }
  const service = await openService(settings, { supervise: true, log: createLog({ level: 'silent' }) })
  return { ...service, [Symbol.asyncDispose]: service.close }
}

/** Makes a profile of its own for a test; returns its id. */
export async function newProfile({ db }: Service, jobsAtOnce = 64): Promise<string> {
  const id = randomUUID()
  const limits = { jobsAtOnce, scratchBytes: null, storageBytes: null, monthlySpendMicros: null }
  const defaults = { voice: 'espeak:en-us', captionStyle: null, preset: 'reels', duration: 20 }
  await db.shared((tx) =>
    tx.insert(profiles).values({ id, name: `Brand ${id}`, colour: '#123456', defaults, limits }),
  )
  return id
}

/** Cancels what a test left waiting, which would begin in the next one. */
export async function cancelAll(service: Service): Promise<void> {
  const all = await service.db.shared((tx) => tx.select({ id: profiles.id }).from(profiles))
  for (const { id } of all) await cancelJobs(service, id)
}

const nothing = async (): Promise<null> => null

/** Takes as long as its payload says, in `olderThanSeconds`. */
export const waitAsTold: Handler<'sweep'> = async (job, { olderThanSeconds }) => {
  await sleep(olderThanSeconds * 1000, undefined, { signal: job.signal })
  return null
}

/** Handlers that do nothing, but for those that are given. */
export const handlersWith = (own: Partial<Handlers>): Handlers => ({
  ingest: nothing,
  demo: nothing,
  generate: nothing,
  preview: nothing,
  voiceover: nothing,
  'voiceover-many': nothing,
  render: nothing,
  'one-shot': nothing,
  'multi-video': nothing,
  sweep: waitAsTold,
  ...own,
})

/** An order of a job that takes so many seconds with `waitAsTold`. */
export const waiting = (
  seconds: number,
  more: Partial<Pick<Order<'sweep'>, 'priority' | 'serialKeys' | 'subject'>> = {},
): Order<'sweep'> => ({
  kind: 'sweep',
  payload: { dryRun: true, olderThanSeconds: seconds },
  subject: 'Waiting',
  ...more,
})

/** Enqueues jobs in one transaction; returns their ids. */
export const enqueue = (
  { db, queue }: Service,
  profileId: string,
  ...orders: readonly Order<'sweep'>[]
): Promise<string[]> =>
  db.ofProfile(profileId, async (tx) => {
    const ids: string[] = []
    for (const order of orders) ids.push(await queue.enqueue(tx, profileId, order))
    return ids
  })

/** Waits until a job is in one of the states. */
export const jobIn = (
  service: Service,
  profileId: string,
  jobId: string | undefined,
  ...states: JobState[]
): Promise<JobRecord> =>
  eventually(`the job is ${states.join(' or ')}`, async () => {
    const job = await getJob(service, { profileId, jobId: jobId ?? '' })
    return states.includes(job.state) ? job : undefined
  })

/** Enqueues a job of another kind; with the handlers of `child-worker.ts` it never ends. */
export const enqueuePreview = ({ db, queue }: Service, profileId: string): Promise<string> =>
  db.ofProfile(profileId, (tx) =>
    queue.enqueue(tx, profileId, {
      kind: 'preview',
      payload: { clipId: randomUUID() },
      subject: 'Preview',
    }),
  )

/** Names of the scratch folders of a profile. */
export const scratchOf = ({ studio }: Service, profileId: string): Promise<string[]> =>
  readdir(path.join(studio.dataDir, 'temp', profileId)).catch(() => [])
