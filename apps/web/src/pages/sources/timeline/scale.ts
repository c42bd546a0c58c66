/** Places on a timeline: seconds of a source against CSS pixels. Pure. */

/** Twenty-four pixels show a frame well enough to grab its edge. */
const WIDEST_FRAME_PX = 24

export interface ZoomLimits {
  /** Pixels a second where the whole source is in sight. */
  readonly least: number
  readonly most: number
}

export function zoomLimits(widthPx: number, durationSeconds: number, frameRate: number): ZoomLimits {
  const least = widthPx / Math.max(durationSeconds, 1e-3)
  return { least, most: Math.max(least, WIDEST_FRAME_PX * frameRate) }
}

/** Pixels a second after a zoom by a factor, within limits. */
export const zoomed = (perSecond: number, factor: number, { least, most }: ZoomLimits): number =>
  Math.min(most, Math.max(least, perSecond * factor))

/** Where to scroll so that a time stays at its place on the screen. Pixels. */
export const scrollToKeep = (seconds: number, atPx: number, perSecond: number): number =>
  Math.max(0, seconds * perSecond - atPx)

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]

/** Seconds from one label of the ruler to the next: the least that leaves so many pixels between them. */
export const rulerStep = (perSecond: number, leastPx = 72): number =>
  STEPS.find((step) => step * perSecond >= leastPx) ?? 7200

/** A label of the ruler: `0:12`, with tenths where the ruler counts them. */
export function rulerLabel(seconds: number, step: number): string {
  const whole = Math.floor(seconds + 1e-6)
  const minutes = Math.floor(whole / 60)
  const rest = String(whole % 60).padStart(2, '0')
  const clock =
    minutes >= 60
      ? `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
      : `${minutes}:${rest}`
  return step < 1 ? `${clock}.${Math.round((seconds - whole) * 10)}` : clock
}

/**
 * The extreme of samples under each pixel: the largest of those that begin in it, or the one that lasts through it. `first` is the time at the left edge.
 */
export function extremes(
  samples: ArrayLike<number>,
  perSample: number,
  view: { readonly first: number; readonly perSecond: number; readonly widthPx: number },
): number[] {
  const columns: number[] = []
  for (let x = 0; x < view.widthPx; x++) {
    const from = Math.floor((view.first + x / view.perSecond) / perSample)
    const to = Math.max(from + 1, Math.floor((view.first + (x + 1) / view.perSecond) / perSample))
    if (from >= samples.length) break
    let most = Number.NEGATIVE_INFINITY
    for (let index = from; index < Math.min(to, samples.length); index++)
      most = Math.max(most, samples[index] ?? most)
    columns.push(most)
  }
  return columns
}

interface Range {
  readonly start: number
  readonly end: number
}

/** Puts ranges into as few rows as keep them apart; by their start, each into the first row that is free. Returns the row of each. */
export function rowsOf(ranges: readonly Range[]): number[] {
  const ends: number[] = []
  const rows = new Array<number>(ranges.length).fill(0)
  const order = ranges.map((range, index) => ({ range, index })).sort((a, b) => a.range.start - b.range.start)
  for (const { range, index } of order) {
    const free = ends.findIndex((end) => end <= range.start + 1e-6)
    const row = free < 0 ? ends.length : free
    ends[row] = range.end
    rows[index] = row
  }
  return rows
}
