import type { Features } from '../features/features.ts'
import { median, STILL_MOTION } from './usable.ts'

const clamp = (value: number): number => Math.min(1, Math.max(0, value))

/** From here on, more motion is no better; from `WILD_MOTION` on it is worse: shaking, whip pans, strobes. */
const LIVELY_MOTION = 0.05
const WILD_MOTION = 0.15

/** Running sums: `mean(values, from, to)` in constant time. */
export interface Series {
  mean(from: number, to: number): number
}

function series(values: ArrayLike<number>): Series {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i++) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0)
  return {
    mean: (from, to) => {
      const last = Math.min(to, values.length)
      return last > from ? ((sums[last] ?? 0) - (sums[from] ?? 0)) / (last - from) : 0
    },
  }
}

/** How good every sample of a source is to look at, each 0 to 1, as running sums. */
export interface Quality {
  /** Mean motion as ingest measured it, without the jumps of hard cuts. */
  readonly rawMotion: Series
  /** Lively is 1, still is 0; shaking lowers it. */
  readonly motion: Series
  /** Against the sharpest fifth of the same source. */
  readonly sharp: Series
  /** Neither too dark nor too bright nor without contrast. */
  readonly light: Series
  /** 1 where the sound pauses; 0 everywhere in a source without sound. */
  readonly quiet: Float32Array
}

export function assess(features: Features, motion: Float32Array): Quality {
  const sorted = Float64Array.from(features.sharpness).sort()
  const sharpest = sorted[Math.floor(sorted.length * 0.8)] ?? 0
  const level = median(features.loudness)
  return {
    rawMotion: series(motion),
    motion: series(motion.map(motionScore)),
    sharp: series(features.sharpness.map((value) => (sharpest > 0 ? clamp(value / sharpest) : 0))),
    light: series(features.brightness.map((value, i) => lightScore(value, features.contrast[i] ?? 0))),
    // 12 dB under the usual level is a pause between words.
    quiet: features.loudness.map((value) => (features.hasAudio ? clamp((level - value) / 12) : 0)),
  }
}

/** Logarithmic, as the eye judges speed: from stillness at 0 to lively at 1. */
function motionScore(motion: number): number {
  const rise =
    Math.log(Math.max(motion, STILL_MOTION) / STILL_MOTION) / Math.log(LIVELY_MOTION / STILL_MOTION)
  return clamp(rise) - 0.5 * clamp((motion - WILD_MOTION) / WILD_MOTION)
}

const lightScore = (brightness: number, contrast: number): number =>
  clamp((brightness - 0.05) / 0.2) * clamp((0.97 - brightness) / 0.2) * clamp(contrast / 0.12)
