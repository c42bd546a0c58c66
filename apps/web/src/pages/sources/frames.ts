import type { Source } from '../../data/sources.ts'

/** Rate of the small copy that a page plays: every frame of a source of up to so many a second, each second one of faster ones. */
const MOST_FRAMES = 30

type Video = Pick<
  NonNullable<NonNullable<Source['probe']>['video']>,
  'averageFrameRate' | 'realFrameRate' | 'variableFrameRate'
>

/** Two statements of the same frame rate agree within this part. */
const SAME_RATE = 0.02

/** Frames a second of the small copy of a source. */
export function frameRateOf({ averageFrameRate, realFrameRate, variableFrameRate }: Video): number {
  const average = averageFrameRate.num / averageFrameRate.den
  const real = realFrameRate.num / realFrameRate.den
  let rate = variableFrameRate ? MOST_FRAMES : Math.abs(real / average - 1) <= SAME_RATE ? real : average
  while (rate > MOST_FRAMES) rate /= 2
  return rate
}

/** Which frame is shown at a time. A time that was computed from a frame gives that frame. */
export const frameAt = (seconds: number, frameRate: number): number => Math.floor(seconds * frameRate + 1e-3)

/** When the frame that is shown at a time begins, moved by so many frames; within the source. */
export function frameStart(seconds: number, frameRate: number, duration: number, moved = 0): number {
  const last = Math.max(0, Math.ceil(duration * frameRate - 1e-3) - 1)
  const frame = Math.min(last, Math.max(0, frameAt(seconds, frameRate) + moved))
  return frame / frameRate
}

/** When the frame that is shown at a time ends. */
export const frameEnd = (seconds: number, frameRate: number, duration: number): number =>
  Math.min(duration, (frameAt(seconds, frameRate) + 1) / frameRate)

/** The speed after one more press of L (`1`) or J (`-1`): 1, 2, 4 and 8 times; the other way, it begins anew. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  if (Math.sign(speed) !== direction) return direction
  return direction * Math.min(8, Math.abs(speed) * 2)
}

/** The nearest of some ascending times before or behind a time; `null` where there is none. */
export function neighbour(times: readonly number[], seconds: number, direction: 1 | -1): number | null {
  const found =
    direction === 1
      ? times.find((time) => time > seconds + 1e-3)
      : times.findLast((time) => time < seconds - 1e-3)
  return found ?? null
}

/** Either mark of a range that is being made. */
export interface Marks {
  readonly start: number | null
  readonly end: number | null
}

/** Sets one mark; the other one goes where it would lie on the wrong side. */
export function withMark({ start, end }: Marks, which: 'start' | 'end', seconds: number): Marks {
  if (which === 'start') return { start: seconds, end: end !== null && end > seconds ? end : null }
  return { start: start !== null && start < seconds ? start : null, end: seconds }
}

/** The shortest segment that may be marked, seconds. */
export const SHORTEST_SEGMENT = 0.2

/** One edge of a range moved to a time: within the source, and never shorter than may be. */
export function moveEdge(
  range: { readonly start: number; readonly end: number },
  which: 'start' | 'end',
  seconds: number,
  duration: number,
): { readonly start: number; readonly end: number } {
  if (which === 'start')
    return { start: Math.min(Math.max(0, seconds), range.end - SHORTEST_SEGMENT), end: range.end }
  return { start: range.start, end: Math.max(Math.min(duration, seconds), range.start + SHORTEST_SEGMENT) }
}
