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
}

const POLL_MS = 400
const ENDED: readonly string[] = ['done', 'failed', 'cancelled']

/**
 * Shows a job of a server as if it ran here, until it has ended, and returns it. Throws its problem where it failed, `cancelled` where it was
 * stopped, and what the API throws.
 */
export async function watchJob(api: ApiClient, id: string, options: WatchOptions): Promise<JobRecord> {
  const { profileId, profileName, json, signal } = options
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

  try {
    for (;;) {
      const job = await api.call(jobSchema, 'GET', `/jobs/${encodeURIComponent(id)}`, { profileId, signal })
      if (job.attempt !== attempt) {
        attempt = job.attempt
        told = []
        ids = []
      }
      for (const [place, stage] of job.stages.entries()) tellStage(stage, place)
      for (const { message } of job.notes.slice(notes))
        reporter.report({ type: 'note', profile: profileName, message })
      notes = Math.max(notes, job.notes.length)
      if (ENDED.includes(job.state)) return outcomeOf(job)
      await sleep(POLL_MS, undefined, { signal })
    }
  } finally {
    reporter.close()
  }
}

function outcomeOf(job: JobRecord): JobRecord {
  if (job.state === 'done') return job
  const { problem } = job
  if (job.state === 'cancelled' || problem === null)
    throw new CutroomError('cancelled', 'The job was cancelled.')
  throw errorOfProblem(problem)
}
