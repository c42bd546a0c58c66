import { setTimeout as sleep } from 'node:timers/promises'
import {
  CutroomError,
  errorOfProblem,
  type JobRecord,
  jobSchema,
  type StageName,
  type StageRecord,
} from '@cutroom/contracts'
import type { ApiClient } from './api-client.ts'
import { chooseReporter } from './reporters.ts'

interface WatchOptions {
  readonly profileId: string | undefined
  /** For people. */
  readonly profileName: string
  readonly json: boolean
  readonly signal?: AbortSignal
  readonly patienceMs?: number
}

const POLL_MS = 400
const ENDED: readonly string[] = ['done', 'failed', 'cancelled']

/** How long a server that was reached before may be away, as it is while it is started anew. */
const PATIENCE_MS = 120_000

/**
 * Shows a job of a server as if it ran here, until it has ended, and returns it, whatever came of it. Throws what the API throws; a server that
 * cannot be reached only when that lasts longer than `patienceMs`.
 */
export async function watchJob(api: ApiClient, id: string, options: WatchOptions): Promise<JobRecord> {
  const { profileId, profileName, json, signal, patienceMs = PATIENCE_MS } = options
  const reporter = chooseReporter({ json, stdout: process.stdout, stderr: process.stderr })
  /** What was told of each stage, by its place in the list; begun anew with every attempt. */
  let told: StageRecord[] = []
  let attempt = 0
  let notes = 0
  let lastId = 0
  let ids: number[] = []

  function tellStage(stage: StageRecord, place: number): void {
    const before = told[place]
    if (before === undefined) {
      lastId += 1
      ids[place] = lastId
      // The server's stages are those of this version's contracts, but an older command line may meet a newer server.
      const name = stage.stage as StageName
      reporter.report({
        type: 'stage-started',
        id: lastId,
        profile: profileName,
        stage: name,
        subject: stage.subject,
      })
    }
    const stageId = ids[place] ?? lastId
    if (stage.state === 'running') {
      if (before?.fraction !== stage.fraction)
        reporter.report({
          type: 'stage-progress',
          id: stageId,
          fraction: stage.fraction,
          speed: null,
          secondsLeft: null,
        })
    } else if (before === undefined || before.state === 'running') {
      if (stage.state === 'failed')
        reporter.report({ type: 'stage-failed', id: stageId, code: '', message: stage.detail })
      else
        reporter.report({
          type: 'stage-done',
          id: stageId,
          seconds: stage.seconds ?? 0,
          found: stage.state === 'found',
          detail: stage.detail,
        })
    }
    told[place] = stage
  }

  const note = (message: string) => reporter.report({ type: 'note', profile: profileName, message })

  async function poll(): Promise<JobRecord> {
    let giveUpAt: number | null = null
    for (;;) {
      try {
        const job = await api.call(jobSchema, 'GET', `/jobs/${encodeURIComponent(id)}`, { profileId, signal })
        if (giveUpAt !== null) note('the server is back')
        return job
      } catch (thrown) {
        if (!isAway(thrown) || (giveUpAt !== null && performance.now() > giveUpAt)) throw thrown
        if (giveUpAt === null) {
          giveUpAt = performance.now() + patienceMs
          note(`the server cannot be reached; it is asked again for ${patienceMs / 1000} s`)
        }
        await sleep(POLL_MS, undefined, { signal })
      }
    }
  }

  try {
    for (;;) {
      const job = await poll()
      if (job.attempt !== attempt) {
        attempt = job.attempt
        told = []
        ids = []
      }
      for (const [place, stage] of job.stages.entries()) tellStage(stage, place)
      for (const { message } of job.notes.slice(notes)) note(message)
      notes = Math.max(notes, job.notes.length)
      if (ENDED.includes(job.state)) return job
      await sleep(POLL_MS, undefined, { signal })
    }
  } finally {
    reporter.close()
  }
}

/** Whether nobody, or a proxy alone, answered; or a server whose database is away. */
const isAway = (thrown: unknown): boolean =>
  thrown instanceof CutroomError && ['server-unreachable', 'database-unavailable'].includes(thrown.code)

/** Why a job that has ended is not done: its problem, or `cancelled`; `null` where it is done. */
export function failureOf({ state, problem }: JobRecord): CutroomError | null {
  if (state === 'done') return null
  if (state === 'cancelled' || problem === null)
    return new CutroomError('cancelled', 'The job was cancelled.')
  return errorOfProblem(problem)
}
