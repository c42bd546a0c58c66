import { CutroomError } from '@cutroom/contracts'
import type { Description } from './parse.ts'

/** Beyond these a file is refused with `media-too-large`. */
export interface ProbeLimits {
  readonly durationSeconds: number
  /** Pixels of the longer side, and of the whole picture. */
  readonly sidePixels: number
  readonly areaPixels: number
  /** Frames per second, on average. */
  readonly frameRate: number
  readonly streams: number
}

export const DEFAULT_LIMITS: ProbeLimits = {
  durationSeconds: 12 * 3600,
  sidePixels: 8192,
  areaPixels: 50_000_000,
  frameRate: 240,
  streams: 64,
}

/** Throws `media-too-large` with the limit and the value where the file goes beyond a limit. */
export function checkLimits(
  description: Description,
  durationSeconds: number,
  limits: ProbeLimits = DEFAULT_LIMITS,
): void {
  const refuse = (what: string, value: number, limit: number, unit: string): void => {
    if (value <= limit) return
    throw new CutroomError(
      'media-too-large',
      `The file has ${what} of ${Number(value.toFixed(3))} ${unit}; the limit is ${limit}.`,
      { details: { limit, value } },
    )
  }
  refuse('a length', durationSeconds, limits.durationSeconds, 'seconds')
  refuse('a number', description.streamCount, limits.streams, 'tracks')
  const video = description.video
  if (!video) return
  const sides = [video.codedWidth, video.codedHeight, video.displayWidth, video.displayHeight]
  refuse('a picture side', Math.max(...sides), limits.sidePixels, 'pixels')
  refuse('a picture', video.codedWidth * video.codedHeight, limits.areaPixels, 'pixels')
  refuse(
    'a rate',
    video.averageFrameRate.num / video.averageFrameRate.den,
    limits.frameRate,
    'frames a second',
  )
}
