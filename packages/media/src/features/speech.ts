import { FEATURE_RATE_HZ } from './features.ts'

/** Where somebody speaks. Seconds. */
export interface SpeechRange {
  readonly start: number
  readonly end: number
}

/** Speech begins where it is as likely as `BEGINS`, and goes on while it is as likely as `GOES_ON`. */
const BEGINS = 0.5
const GOES_ON = 0.3
/** Shorter pauses belong to what is said; shorter sounds are none. Samples. */
const PAUSE = 0.4 * FEATURE_RATE_HZ
const LEAST = 0.3 * FEATURE_RATE_HZ

/** Ranges in which somebody speaks, ascending and apart, out of how likely it is per sample. */
export function speechRanges(speech: ArrayLike<number>, durationSeconds: number): SpeechRange[] {
  const joined: { from: number; to: number }[] = []
  for (const run of runs(speech)) {
    const before = joined.at(-1)
    if (before && run.from - before.to < PAUSE) before.to = run.to
    else joined.push(run)
  }
  return joined
    .filter(({ from, to }) => to - from >= LEAST)
    .map(({ from, to }) => ({
      start: from / FEATURE_RATE_HZ,
      end: Math.min(durationSeconds, to / FEATURE_RATE_HZ),
    }))
}

/** Runs of samples that are likely enough to go on, with one in each that is likely enough to begin. */
function runs(speech: ArrayLike<number>): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  let from = 0
  let begun = false
  for (let i = 0; i <= speech.length; i++) {
    const value = speech[i] ?? 0
    begun ||= value >= BEGINS
    if (value >= GOES_ON) continue
    if (begun) found.push({ from, to: i })
    from = i + 1
    begun = false
  }
  return found
}
