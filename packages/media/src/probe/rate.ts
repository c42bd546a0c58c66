import type { Rational, VideoStream } from '@cutroom/contracts'

/** Two statements of the same frame rate agree within this part. */
const SAME_RATE = 0.02

/** The rate at which a constant stream's pictures follow one another; `null` for a variable one. */
export function nativeRate(video: VideoStream): Rational | null {
  if (video.variableFrameRate) return null
  const { averageFrameRate: average, realFrameRate: real } = video
  const quotient = (real.num * average.den) / (real.den * average.num)
  return Math.abs(quotient - 1) <= SAME_RATE ? real : average
}
