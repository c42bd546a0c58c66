import type { Job } from '../../data/jobs.ts'
import { exportOf } from './export-of.ts'

/** Seconds that a second of a finished file takes; by preset, and over all. */
export interface Pace {
  readonly ofPreset: ReadonlyMap<string, number>
  readonly overall: number
}

/** How fast exports were made so far; `null` where none was made yet. Those that were found took no time, and say nothing. */
export function paceOf(jobs: readonly PacedJob[]): Pace | null {
  const paces = new Map<string, number[]>()
  for (const job of jobs) {
    const made = exportOf(job)
    const { startedAt, finishedAt, stages } = job
    if (made === null || startedAt === null || finishedAt === null) continue
    if (
      made.durationSeconds <= 0 ||
      !stages.some(({ stage, state }) => stage === 'render' && state === 'done')
    )
      continue
    const pace = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 / made.durationSeconds
    paces.set(made.presetId, [...(paces.get(made.presetId) ?? []), pace])
  }
  if (paces.size === 0) return null
  return {
    ofPreset: new Map([...paces].map(([presetId, some]) => [presetId, median(some)])),
    overall: median([...paces.values()].flat()),
  }
}

type PacedJob = Pick<Job, 'kind' | 'state' | 'result' | 'startedAt' | 'finishedAt' | 'stages'>

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** Roughly how long files will take, in seconds. */
export const secondsFor = (
  pace: Pace,
  files: readonly { readonly presetId: string; readonly lengthSeconds: number }[],
): number =>
  files.reduce(
    (sum, { presetId, lengthSeconds }) => sum + lengthSeconds * (pace.ofPreset.get(presetId) ?? pace.overall),
    0,
  )
