import { endOf, type Job } from '../../data/jobs.ts'

type Render = Pick<Job, 'id' | 'clipId' | 'presetId' | 'finishedAt'>

const DAY_MS = 86_400_000
const pairOf = ({ clipId, presetId }: Render): string => `${clipId} ${presetId}`

interface Renders {
  readonly failed: readonly Render[]
  readonly done: readonly Render[]
  /** Those that run or wait. */
  readonly active: readonly Render[]
}

/**
 * The failures of the last 24 hours that are still to be told of, one for each clip and preset: what was exported since, is being exported
 * again, or was seen (`seenUntil`, milliseconds) is not. Pure.
 */
export function openFailures({ failed, done, active }: Renders, seenUntil: number, now: number): Render[] {
  const isSettled = (one: Render) =>
    active.some((other) => pairOf(other) === pairOf(one)) ||
    done.some((other) => pairOf(other) === pairOf(one) && endOf(other) > endOf(one))
  const since = Math.max(seenUntil, now - DAY_MS)
  const open = failed.filter((one) => endOf(one) > since && !isSettled(one))
  return [...new Map(open.map((one) => [pairOf(one), one])).values()]
}

/** When the last of some ended, milliseconds. */
export const lastEnd = (renders: readonly Render[]): number => Math.max(0, ...renders.map(endOf))
