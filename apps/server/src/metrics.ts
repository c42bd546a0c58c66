import type { ErrorCode, JobKind, JobState } from '@cutroom/contracts'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the database knows at the moment of being asked. Profiles are named by their ids, since names may be confidential. */
export interface StudioFigures {
  readonly jobs: readonly { profileId: string; kind: JobKind; state: JobState; count: number }[]
  /** Seconds that the job of each profile that waits longest has waited; 0 where none waits. */
  readonly longestWait: readonly { profileId: string; seconds: number }[]
  readonly stored: readonly { profileId: string; kind: string; bytes: number }[]
  readonly connections: { readonly total: number; readonly idle: number; readonly waiting: number }
}

/** What a process counts, for Prometheus. A process that serves the API and one that works have one each. */
export interface Metrics {
  /** A request was answered. `route` is the pattern, never the path. */
  requestEnded(about: { method: string; route: string; status: number; seconds: number }): void
  /** A stage of a job ended; `found` where its result was there already. */
  stageEnded(about: { stage: string; found: boolean; seconds: number }): void
  /** Seconds of media that ffmpeg did per second, at the end of a stage. */
  speedReached(stage: string, speed: number): void
  /** An attempt of a job failed. */
  attemptFailed(kind: JobKind, code: ErrorCode): void
  /** Everything in the text format of Prometheus, with the figures of this moment. */
  text(figures: StudioFigures): Promise<{ readonly contentType: string; readonly body: string }>
}

const LATENCIES = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
const STAGE_SECONDS = [0.1, 0.5, 1, 2, 5, 10, 20, 40, 80, 160, 320, 640, 1800, 7200]
const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32]

export function createMetrics(): Metrics {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry, prefix: 'cutroom_' })
  const histogram = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers })
  const gauge = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Gauge({ name, help, labelNames, registers })

  const requests = histogram(
    'cutroom_http_request_seconds',
    'Time to answer a request.',
    ['method', 'route', 'status'],
    LATENCIES,
  )
  const stages = histogram(
    'cutroom_stage_seconds',
    'Time of a stage of a job.',
    ['stage', 'found'],
    STAGE_SECONDS,
  )
  const speeds = histogram(
    'cutroom_ffmpeg_speed',
    'Seconds of media done per second, by stage.',
    ['stage'],
    SPEEDS,
  )
  const failures = new Counter({
    name: 'cutroom_attempt_failures_total',
    help: 'Attempts of jobs that failed, by the code of their error.',
    labelNames: ['kind', 'code'],
    registers,
  })
  const jobs = gauge('cutroom_jobs', 'Jobs that there are.', ['profile', 'kind', 'state'])
  const depth = gauge('cutroom_queue_depth', 'Jobs that wait.', ['profile'])
  const wait = gauge('cutroom_queue_oldest_wait_seconds', 'How long the job waits that waits longest.', [
    'profile',
  ])
  const stored = gauge('cutroom_stored_bytes', 'Bytes in storage.', ['profile', 'kind'])
  const connections = gauge('cutroom_database_connections', 'Connections of this process.', ['state'])

  return {
    requestEnded: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    stageEnded: ({ stage, found, seconds }) => stages.observe({ stage, found: String(found) }, seconds),
    speedReached: (stage, speed) => speeds.observe({ stage }, speed),
    attemptFailed: (kind, code) => failures.inc({ kind, code }),
    async text(figures) {
      // Profiles and kinds that are gone must not linger.
      for (const each of [jobs, depth, wait, stored]) each.reset()
      for (const { profileId, kind, state, count } of figures.jobs) {
        jobs.set({ profile: profileId, kind, state }, count)
        if (state === 'waiting' || state === 'retrying') depth.inc({ profile: profileId }, count)
      }
      for (const { profileId, seconds } of figures.longestWait) wait.set({ profile: profileId }, seconds)
      for (const { profileId, kind, bytes } of figures.stored) stored.set({ profile: profileId, kind }, bytes)
      const { total, idle, waiting } = figures.connections
      connections.set({ state: 'busy' }, total - idle)
      connections.set({ state: 'idle' }, idle)
      connections.set({ state: 'waited-for' }, waiting)
      return { contentType: registry.contentType, body: await registry.metrics() }
    },
  }
}
