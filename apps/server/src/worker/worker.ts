import { CANCEL_CHANNEL, JOBS_CHANNEL } from '../db/event-hub.ts'
import type { Service } from '../domain/service.ts'
import { every } from '../pulse.ts'
import { type Attempt, isCancelled, startAttempt } from './attempt.ts'
import type { Handlers } from './handler.ts'

export interface WorkerOptions {
  readonly service: Service
  readonly handlers: Handlers
  /** Places: jobs of all profiles that run at once. */
  readonly concurrency: number
}

export interface Worker {
  /** Jobs that run now. */
  running(): number
  /**
   * Takes no more jobs and lets the running ones end. Those that have not after `graceSeconds` are stopped and handed back: they
   * wait again at their old place.
   */
  stop(options: { readonly graceSeconds: number }): Promise<void>
}

/** How often signs of life are given, and the queue is looked at in case that a message was missed. */
const PULSE_MS = 1000

/** Starts to take jobs out of the queue and to run them. */
export function startWorker({ service, handlers, concurrency }: WorkerOptions): Worker {
  const { queue, hub, log } = service
  const running = new Set<Attempt>()
  let stopped = false

  /** Profiles that have all places they may take here: one is always left to the others, where there is more than one. */
  function fullProfiles(): string[] {
    const most = Math.max(1, concurrency - 1)
    const counts = Map.groupBy(running, ({ claim }) => claim.profileId)
    return [...counts].filter(([, attempts]) => attempts.length >= most).map(([profileId]) => profileId)
  }

  async function takeJobs(): Promise<void> {
    while (!stopped && running.size < concurrency) {
      const claim = await queue.claim(fullProfiles())
      if (claim === null) return
      const attempt = startAttempt(service, handlers, claim)
      running.add(attempt)
      void attempt.ended.then(() => {
        running.delete(attempt)
        wake()
      })
    }
  }

  let taking: Promise<void> | null = null
  let wokenMeanwhile = false
  function wake(): void {
    if (stopped) return
    if (taking !== null) {
      wokenMeanwhile = true
      return
    }
    wokenMeanwhile = false
    taking = takeJobs()
      .catch((error: unknown) => log.error({ err: error }, 'no job could be taken'))
      .finally(() => {
        taking = null
        if (wokenMeanwhile) wake()
      })
  }

  /** Stops the job that is named where it runs here; without a name, all whose cancelling may have gone unheard. */
  async function cancel(named: string | null): Promise<void> {
    for (const { claim, stop } of [...running]) {
      if (named === null ? await isCancelled(service, claim) : claim.jobId === named) stop('cancelled')
    }
  }

  async function giveSign(): Promise<void> {
    const lost = await queue.renew([...running].map(({ claim }) => claim))
    for (const { claim, stop } of [...running]) if (lost.includes(claim)) stop('lost')
  }

  async function lookAround(): Promise<void> {
    wake()
    await queue.noticeLost()
  }

  const hear = [
    hub.listen(JOBS_CHANNEL, wake),
    hub.listen(CANCEL_CHANNEL, (jobId) => {
      cancel(jobId).catch((error: unknown) =>
        log.error({ err: error }, 'cancelled jobs could not be looked for'),
      )
    }),
  ]
  // Apart from all else, which may have to wait for others: a worker that gives no sign of life loses its jobs.
  const living = every(PULSE_MS, giveSign, (error) => log.error({ err: error }, 'no sign of life was given'))
  const looking = every(PULSE_MS, lookAround, (error) =>
    log.error({ err: error }, 'lost jobs were not looked for'),
  )
  wake()

  return {
    running: () => running.size,
    async stop({ graceSeconds }) {
      stopped = true
      await taking
      const ends = () => Promise.all([...running].map(({ ended }) => ended))
      const handBack = () => {
        for (const attempt of running) attempt.stop('drained')
      }
      const grace = setTimeout(handBack, graceSeconds * 1000)
      await ends()
      clearTimeout(grace)
      for (const end of hear) end()
      await Promise.all([living.stop(), looking.stop()])
    },
  }
}
