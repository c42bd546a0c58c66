import {
  CutroomError,
  ERRORS,
  type JobKind,
  type JobResult,
  type OnEvent,
  problemOf,
  toCutroomError,
} from '@cutroom/contracts'
import { type Ending, endAttempt, findJob, type JobProgress, writeProgress } from '../db/queries/jobs.ts'
import { kept } from '../domain/kept.ts'
import type { Service } from '../domain/service.ts'
import { every } from '../pulse.ts'
import { HEARTBEAT_SECONDS } from '../queue/engine.ts'
import { type Claim, parsePayload } from '../queue/queue.ts'
import { mayPass } from '../queue/retries.ts'
import { createScratch } from '../scratch/scratch.ts'
import { sweep } from '../scratch/sweep.ts'
import type { Handlers, WorkJob } from './handler.ts'
import { measureStages } from './measure.ts'
import { trackProgress } from './progress.ts'

/** Why a worker stops an attempt: it was cancelled, the worker is being stopped, or the job was given to another. */
export type StopReason = 'cancelled' | 'drained' | 'lost'

/** An attempt that a worker runs. */
export interface Attempt {
  readonly claim: Claim
  stop(reason: StopReason): void
  /** Settles when the attempt has ended and said so. It never fails. */
  readonly ended: Promise<void>
}

/** A person reads no faster, and each is a transaction. */
const WRITE_PROGRESS_MS = 350
/** How long an ending is tried to be written while the database is away: until then another worker may have the job. */
const WRITE_ENDING_SECONDS = 3 * HEARTBEAT_SECONDS
const WRITE_AGAIN_MS = 1000

/** Runs one attempt of a claimed job: in scratch of its own, told of as it goes, and ended for good or for another try. */
export function startAttempt(service: Service, handlers: Handlers, claim: Claim): Attempt {
  const { profileId, jobId, attempt, job } = claim
  const log = service.log.child({ profileId, jobId, attempt, kind: job.kind })
  const stopping = new AbortController()
  let reason: StopReason | null = null
  const stop = (why: StopReason) => {
    reason ??= why
    stopping.abort(why)
  }

  const begun = performance.now()
  const tracker = trackProgress()
  const progress = (): JobProgress =>
    kept(tracker.read((performance.now() - begun) / 1000), service.studio.dataDir)
  let changed = false
  const measure = measureStages(service.metrics)
  const report: OnEvent = (event) => {
    measure(event)
    tracker.hear(event)
    changed = true
  }
  async function write(): Promise<void> {
    if (!changed) return
    changed = false
    const row = await service.db.ofProfile(profileId, (tx) => writeProgress(tx, claim, progress()))
    if (row === null) stop('lost')
  }

  async function run(): Promise<void> {
    log.info('attempt started')
    // A request to cancel that came while the job was being claimed was heard by nobody.
    if (await isCancelled(service, claim)) stop('cancelled')
    const writing = every(WRITE_PROGRESS_MS, write, (error) =>
      log.warn({ err: error }, 'progress not written'),
    )
    const outcome = await work().then(
      (result): Ending => ({ state: 'done', result: result ?? null }),
      (thrown: unknown) => {
        const error = toCutroomError(thrown)
        if (reason === null) log.warn({ err: thrown, code: error.code }, 'attempt failed')
        // What nobody foresaw may say anything; its words are for the log.
        const told = error === thrown || error.code !== 'internal' ? error : unforeseen()
        return endingOf(told, reason, claim)
      },
    )
    await writing.stop()
    if (reason === 'lost') log.warn('attempt was given to another worker')
    else await end(kept(outcome, service.studio.dataDir))
  }

  async function work(): Promise<JobResult | null | undefined> {
    const { studio } = service
    const { profile } = claim
    // What a worker that was lost with an earlier attempt left behind.
    if (attempt > 1) await sweep({ dataDir: studio.dataDir, profileId })
    await using scratch = await createScratch({
      dataDir: studio.dataDir,
      profileId,
      jobId,
      attempt,
      leaseSeconds: HEARTBEAT_SECONDS,
    })
    const own = new AbortController()
    const signal = AbortSignal.any([stopping.signal, own.signal])
    signal.throwIfAborted()
    const workJob: WorkJob = {
      ...{ studio, profile, scratch, signal, stop: own, report },
      ...{ service, jobId, attempt, limits: profile.limits, expect: tracker.expect },
      triesAgain: (error) => triesAgain(error, claim),
    }
    return await handle(handlers, job.kind, workJob, job.payload)
  }

  /** Says how the attempt ended, however long the database takes to listen. */
  async function end(ending: Ending): Promise<void> {
    const deadline = performance.now() + WRITE_ENDING_SECONDS * 1000
    for (;;) {
      try {
        const told = await writeEnding(service, claim, progress(), ending)
        const code = ending.problem?.code
        if (code !== undefined) service.metrics.attemptFailed(job.kind, code)
        log.info(
          { state: ending.state, code, told, seconds: (performance.now() - begun) / 1000 },
          'attempt ended',
        )
        return
      } catch (error) {
        if (performance.now() > deadline) throw error
        log.warn({ err: error }, 'the end of an attempt is not written yet')
        await new Promise((resolve) => setTimeout(resolve, WRITE_AGAIN_MS))
      }
    }
  }

  const ended = run().catch((error: unknown) => log.error({ err: error }, 'the end of an attempt was lost'))
  return { claim, stop, ended }
}

const handle = <K extends JobKind>(handlers: Handlers, kind: K, job: WorkJob, payload: unknown) =>
  handlers[kind](job, parsePayload(kind, payload))

const unforeseen = () => new CutroomError('internal', ERRORS.internal.meaning)

/** What becomes of a job whose attempt did not succeed. */
function endingOf(error: CutroomError, reason: StopReason | null, claim: Pick<Claim, 'retryCount'>): Ending {
  if (reason === 'cancelled') return { state: 'cancelled' }
  if (reason === 'drained') return { state: 'waiting' }
  return { state: triesAgain(error, claim) ? 'retrying' : 'failed', problem: problemOf(error) }
}

const triesAgain = (error: CutroomError, { retryCount }: Pick<Claim, 'retryCount'>): boolean =>
  mayPass(error, retryCount + 1)

/** Whether a job that runs is to be stopped. */
export async function isCancelled({ db }: Service, claim: Claim): Promise<boolean> {
  const row = await db.ofProfile(claim.profileId, (tx) => findJob(tx, claim))
  return row?.cancelRequestedAt != null
}

/** `false` where the attempt was not the running one any more, so that nothing was written. */
function writeEnding(
  { db, queue }: Service,
  claim: Claim,
  progress: JobProgress,
  ending: Ending,
): Promise<boolean> {
  return db.ofProfile(claim.profileId, async (tx) => {
    if (ending.state === 'retrying') await queue.retryLater(tx, claim)
    else if (ending.state === 'waiting') await queue.handBack(tx, claim)
    else await queue.finish(tx, claim)
    return (await endAttempt(tx, claim, progress, ending)) !== null
  })
}
