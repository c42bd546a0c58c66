import { setTimeout as sleep } from 'node:timers/promises'
import { every } from '../pulse.ts'
import { forgetOldEvents } from './events.ts'
import { noteStorage } from './library/history.ts'
import { expireUploads, sweepAll } from './library/sweep.ts'
import type { OpenedService } from './open-service.ts'
import { purgeDeletedProfiles } from './profiles/purge.ts'

const MINUTE_MS = 60_000

/** What keeps a service tidy while it runs. */
export interface Maintenance {
  /** Has what is being done break off where it can, and waits for it, but no longer than the grace: the next start goes on with it. */
  stop(options: { readonly graceSeconds: number }): Promise<void>
}

/** What has to be done again and again while a service runs: each task for itself, so that one that fails stops no other. */
const TASKS: readonly {
  readonly name: string
  readonly everyMs: number
  readonly work: (service: OpenedService, signal: AbortSignal) => Promise<unknown>
}[] = [
  { name: 'keeping the database up', everyMs: 2000, work: (service) => service.ensureDatabase() },
  { name: 'removing deleted profiles', everyMs: 5000, work: (service) => purgeDeletedProfiles(service) },
  { name: 'expiring uploads', everyMs: 10 * MINUTE_MS, work: expireUploads },
  { name: 'forgetting old events', everyMs: 10 * MINUTE_MS, work: forgetOldEvents },
  { name: 'noting what is stored', everyMs: 10 * MINUTE_MS, work: noteStorage },
  { name: 'sweeping', everyMs: 60 * MINUTE_MS, work: sweepAll },
]

/** Starts all of it. */
export function startMaintenance(service: OpenedService): Maintenance {
  const pulses = TASKS.map(({ name, everyMs, work }) =>
    every(
      everyMs,
      async (signal) => {
        await work(service, signal)
      },
      (err) => service.log.error({ err }, `${name} failed`),
    ),
  )
  return {
    async stop({ graceSeconds }) {
      const stopped = Promise.all(pulses.map((pulse) => pulse.stop()))
      await Promise.race([stopped, sleep(graceSeconds * 1000, undefined, { ref: false })])
    },
  }
}
