import { every, type Pulse } from '../pulse.ts'
import { forgetOldEvents } from './events.ts'
import { noteStorage } from './library/history.ts'
import { expireUploads, sweepAll } from './library/sweep.ts'
import type { OpenedService } from './open-service.ts'
import { purgeDeletedProfiles } from './profiles/purge.ts'

const MINUTE_MS = 60_000

/** What has to be done again and again while a service runs: each task for itself, so that one that fails stops no other. */
const TASKS: readonly {
  readonly name: string
  readonly everyMs: number
  readonly work: (service: OpenedService) => Promise<unknown>
}[] = [
  { name: 'keeping the database up', everyMs: 2000, work: (service) => service.ensureDatabase() },
  { name: 'removing deleted profiles', everyMs: 5000, work: purgeDeletedProfiles },
  { name: 'expiring uploads', everyMs: 10 * MINUTE_MS, work: expireUploads },
  { name: 'forgetting old events', everyMs: 10 * MINUTE_MS, work: forgetOldEvents },
  { name: 'noting what is stored', everyMs: 10 * MINUTE_MS, work: noteStorage },
  { name: 'sweeping', everyMs: 60 * MINUTE_MS, work: sweepAll },
]

/** Starts all of it. `stop` waits for what is being done. */
export function startMaintenance(service: OpenedService): Pulse {
  const pulses = TASKS.map(({ name, everyMs, work }) =>
    every(
      everyMs,
      async () => {
        await work(service)
      },
      (err) => service.log.error({ err }, `${name} failed`),
    ),
  )
  return {
    stop: async () => {
      await Promise.all(pulses.map((pulse) => pulse.stop()))
    },
  }
}
