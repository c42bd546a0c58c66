/** How a timeline is laid out: pixels of a second. */

const LEAST = 4
const MOST = 400
/** What is never stretched beyond: a clip of a few seconds needs no whole screen. */
const MOST_FITTED = 140
const STEP = 1.5
/** Room that is left behind the end, so that the last cut can be made longer. */
const TAIL_PX = 72

const within = (scale: number): number => Math.min(MOST, Math.max(LEAST, scale))

/** The scale at which a clip fills a width. */
export const fittedScale = (width: number, seconds: number): number =>
  Math.min(MOST_FITTED, within((width - TAIL_PX) / Math.max(seconds, 0.5)))

export const zoomed = (scale: number, steps: number): number => within(scale * STEP ** steps)

/** Width of a timeline, pixels. */
export const widthOf = (scale: number, seconds: number): number => Math.ceil(scale * seconds) + TAIL_PX

/** Seconds between two numbers of a ruler, so that these stay at least so many pixels apart. */
export function tickSeconds(scale: number, apart = 64): number {
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300]
  return steps.find((seconds) => seconds * scale >= apart) ?? 600
}

/** The numbers of a ruler up to an end, seconds. */
export function ticksOf(scale: number, seconds: number): number[] {
  const step = tickSeconds(scale)
  return Array.from(
    { length: Math.floor(seconds / step + 1e-6) + 1 },
    (_, index) => Math.round(index * step * 10) / 10,
  )
}

/** `4s`, `0.2s`, `1:30`. */
export function tickLabel(seconds: number): string {
  if (seconds < 60) return `${seconds}s`
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`
}
