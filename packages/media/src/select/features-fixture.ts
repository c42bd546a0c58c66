import { FEATURE_RATE_HZ, type Features } from '../features/features.ts'

/** A shot of hand-built features. What is not said is a lively, sharp, well-lit picture of its own. */
export interface Shot {
  readonly seconds: number
  readonly hash?: bigint
  readonly motion?: number
  readonly brightness?: number
  readonly contrast?: number
  readonly sharpness?: number
  readonly loudness?: number
  /** No hard cut before this shot: it goes on from the one before. */
  readonly joined?: boolean
}

/** Hashes of different shots differ in 30 bits or so. */
const ownHash = (shot: number): bigint => BigInt.asUintN(64, BigInt(shot + 1) * 0x9e3779b97f4a7c15n)

/** Features of shots that follow each other, with a hard cut wherever one starts. */
export function featuresOf(shots: readonly Shot[], hasAudio = true): Features {
  const starts: number[] = []
  let durationSeconds = 0
  for (const { seconds } of shots) {
    starts.push(durationSeconds)
    durationSeconds = Math.round((durationSeconds + seconds) * 1000) / 1000
  }
  const count = Math.ceil(durationSeconds * FEATURE_RATE_HZ)
  let shot = 0
  const shotAt = Array.from({ length: count }, (_, i) => {
    while ((starts[shot + 1] ?? Number.POSITIVE_INFINITY) <= i / FEATURE_RATE_HZ + 1e-9) shot++
    return shot
  })
  const shotOf = (sample: number): number => shotAt[sample] ?? 0
  const column = (value: (shot: Shot) => number): Float32Array =>
    Float32Array.from({ length: count }, (_, i) => value(shots[shotOf(i)] ?? { seconds: 0 }))
  return {
    durationSeconds,
    motion: column(({ motion }) => motion ?? 0.05),
    brightness: column(({ brightness }) => brightness ?? 0.5),
    contrast: column(({ contrast }) => contrast ?? 0.2),
    sharpness: column(({ sharpness }) => sharpness ?? 0.02),
    focusX: new Float32Array(count).fill(0.5),
    focusY: new Float32Array(count).fill(0.5),
    hash: BigUint64Array.from({ length: count }, (_, i) => shots[shotOf(i)]?.hash ?? ownHash(shotOf(i))),
    loudness: column(({ loudness }) => loudness ?? -20),
    speech: new Float32Array(count),
    hardCuts: Float64Array.from(starts.filter((_, i) => i > 0 && shots[i]?.joined !== true)),
    hasAudio,
  }
}

export const BLACK: Omit<Shot, 'seconds'> = { motion: 0, brightness: 0.01, contrast: 0.005, sharpness: 0 }
export const STILL: Omit<Shot, 'seconds'> = { motion: 0.0005 }
export const BLURRED: Omit<Shot, 'seconds'> = { sharpness: 0.002 }
export const PLAIN: Omit<Shot, 'seconds'> = { brightness: 0.9, contrast: 0.01 }
