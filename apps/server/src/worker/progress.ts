import type { JobEvent, JobNote, StageName, StageRecord } from '@cutroom/contracts'
import type { JobProgress } from '../db/queries/jobs.ts'
import type { StageCounts } from './handler.ts'

/** How long the stages take in proportion to one another, roughly: rendering and ingesting decode whole recordings. */
const WEIGHTS: Readonly<Record<StageName, number>> = {
  hash: 1,
  ingest: 10,
  select: 1,
  voice: 3,
  preview: 1,
  render: 10,
  footage: 5,
  sheet: 1,
}
/** Until a job is done it is not told to be: what comes after its last stage takes a moment. */
const ALMOST = 0.99
/** Before that, an estimate of the time left says nothing. */
const ESTIMATE_FROM = { seconds: 2, fraction: 0.03 }
/** Of many notes the first are kept; a person reads no more. */
const MOST_NOTES = 100

/** Follows the events of one attempt. */
export interface ProgressTracker {
  expect(stages: StageCounts): void
  hear(event: JobEvent): void
  /** How far the attempt is, so many seconds after it began. */
  read(elapsedSeconds: number): JobProgress
}

export function trackProgress(): ProgressTracker {
  const stages = new Map<number, StageRecord & { readonly name: StageName }>()
  const notes: JobNote[] = []
  let expected: StageCounts = {}
  let latest: { readonly id: number; readonly speed: number | null } | null = null
  let fraction = 0

  function update(id: number, change: Partial<StageRecord>): void {
    const stage = stages.get(id)
    if (stage) stages.set(id, { ...stage, ...change })
  }

  return {
    expect: (counts) => {
      expected = counts
    },

    hear(event) {
      switch (event.type) {
        case 'stage-started': {
          const { id, stage: name, subject } = event
          stages.set(id, {
            name,
            stage: name,
            subject,
            state: 'running',
            fraction: 0,
            seconds: null,
            detail: '',
          })
          latest = { id, speed: null }
          break
        }
        case 'stage-progress':
          update(event.id, { fraction: event.fraction })
          latest = { id: event.id, speed: event.speed }
          break
        case 'stage-done': {
          const { id, seconds, found, detail } = event
          update(id, { state: found ? 'found' : 'done', fraction: 1, seconds, detail })
          break
        }
        case 'stage-failed':
          update(event.id, { state: 'failed', detail: event.message })
          break
        case 'note':
          if (notes.length < MOST_NOTES) notes.push({ message: event.message })
      }
    },

    read(elapsedSeconds) {
      const records = [...stages.values()]
      fraction = Math.max(fraction, Math.min(ALMOST, wholeFraction(records, expected)))
      const current = latest === null ? undefined : stages.get(latest.id)
      const running = current?.state === 'running'
      const known = elapsedSeconds >= ESTIMATE_FROM.seconds && fraction >= ESTIMATE_FROM.fraction
      return {
        fraction,
        stage: current?.name ?? null,
        speed: running ? (latest?.speed ?? null) : null,
        secondsLeft: known ? (elapsedSeconds * (1 - fraction)) / fraction : null,
        stages: records.map(({ name: _name, ...record }) => record),
        notes: [...notes],
      }
    },
  }
}

/**
 * The part of a job that is done: its stages by weight, those included that are expected and have not begun. What was found took no time,
 * so it counts neither as done nor as work.
 */
export function wholeFraction(
  stages: readonly (Pick<StageRecord, 'fraction' | 'state'> & { readonly name: StageName })[],
  expected: StageCounts,
): number {
  const names = new Set<StageName>([
    ...stages.map(({ name }) => name),
    ...(Object.keys(expected) as StageName[]),
  ])
  let done = 0
  let all = 0
  for (const name of names) {
    const begun = stages.filter((stage) => stage.name === name)
    const worked = begun.filter(({ state }) => state !== 'found')
    const found = begun.length - worked.length
    done += WEIGHTS[name] * worked.reduce((sum, stage) => sum + stage.fraction, 0)
    all += WEIGHTS[name] * Math.max(worked.length, (expected[name] ?? 0) - found)
  }
  return all === 0 ? 0 : done / all
}
