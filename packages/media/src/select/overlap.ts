import type { Cut } from '@cutroom/contracts'

/**
 * How much the variants share, each number a fraction of the target: seconds of footage in both, divided by the
 * target.
 */
export interface Overlap {
  /** Row and column are variants; symmetric, with 0 in the diagonal. */
  readonly matrix: readonly (readonly number[])[]
  /** Over all pairs; 0 for a single variant. */
  readonly mean: number
  readonly max: number
  /** Per variant: the most that it shares with any timeline that was to be avoided. */
  readonly withAvoided: readonly number[]
}

export function overlapOf(
  timelines: readonly (readonly Cut[])[],
  avoid: readonly (readonly Cut[])[],
  targetSeconds: number,
): Overlap {
  const matrix = timelines.map((a, i) =>
    timelines.map((b, j) => (i === j ? 0 : sharedSeconds(a, b) / targetSeconds)),
  )
  const pairs = matrix.flatMap((row, i) => row.slice(0, i))
  return {
    matrix,
    mean: pairs.length === 0 ? 0 : pairs.reduce((sum, share) => sum + share, 0) / pairs.length,
    max: Math.max(0, ...pairs),
    withAvoided: timelines.map((a) => Math.max(0, ...avoid.map((b) => sharedSeconds(a, b) / targetSeconds))),
  }
}

/** Seconds of footage that are in both timelines. No timeline may use anything twice. */
function sharedSeconds(a: readonly Cut[], b: readonly Cut[]): number {
  let sum = 0
  for (const x of a) {
    for (const y of b) {
      const shared = Math.min(x.end, y.end) - Math.max(x.start, y.start)
      if (shared > 0 && x.sourceId === y.sourceId) sum += shared
    }
  }
  return sum
}

/**
 * The least that `count` clips of `target` seconds can share on average, as a fraction of the target, where `usable`
 * seconds exist: every second is shown `count · target / usable` times on average, and the fewest pairs share it
 * where all are shown equally often.
 */
export function leastMeanOverlap(usable: number, target: number, count: number): number {
  const shown = Math.min(target, usable)
  const times = (count * shown) / usable
  if (count < 2 || times <= 1) return 0
  const whole = Math.floor(times)
  const more = times - whole
  const pairs = (n: number): number => (n * (n - 1)) / 2
  return (usable * ((1 - more) * pairs(whole) + more * pairs(whole + 1))) / pairs(count) / target
}
