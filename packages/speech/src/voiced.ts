import type { Span } from './pcm.ts'

/** Seconds that one level covers. */
export const LEVEL_SECONDS = 0.01
/** A level that stands for digital silence, dB. */
const SILENCE = -120

/**
 * The level of the sound in steps of 10 ms, in dB of full scale. Measured after a first-order high pass
 * (y = x − 0.9·x₋₁), which takes hum away and lifts the soft consonants f, s, t towards the vowels.
 */
export function measureLevels(pcm: Float32Array, sampleRate: number): Float32Array {
  const step = sampleRate * LEVEL_SECONDS
  const energies = new Float64Array(Math.ceil(pcm.length / step))
  let previous = 0
  pcm.forEach((sample, i) => {
    const high = sample - 0.9 * previous
    previous = sample
    const slot = Math.floor(i / step)
    energies[slot] = (energies[slot] ?? 0) + high * high
  })
  return Float32Array.from(energies, (energy) => Math.max(SILENCE, 10 * Math.log10(energy / step)))
}

/** The level of the speech itself: the median of all within 30 dB of the loudest. `null` where all is silence. */
export function speechLevel(levels: Float32Array): number | null {
  const loudest = levels.reduce((max, level) => Math.max(max, level), SILENCE)
  if (loudest <= SILENCE) return null
  const loud = levels.filter((level) => level > loudest - 30).sort()
  return loud[Math.floor(loud.length / 2)] ?? null
}

export interface Thresholds {
  /** A stretch of voice reaches this level somewhere, dB. */
  readonly enter: number
  /** It goes on for as long as it stays above this level, dB. */
  readonly leave: number
}

/** Sound that stays below `enter` still belongs to voice that is this near: the burst of a final t, an initial h. */
const NEAR_STEPS = 12

/** Where there is voice: stretches above `leave` that reach `enter`, and the softer ones next to such (hysteresis). */
export function voicedSpans(levels: Float32Array, { enter, leave }: Thresholds): Span[] {
  const stretches: { from: number; to: number; sure: boolean }[] = []
  levels.forEach((level, i) => {
    if (level <= leave) return
    const last = stretches.at(-1)
    if (last?.to !== i) stretches.push({ from: i, to: i + 1, sure: level > enter })
    else {
      last.to = i + 1
      last.sure ||= level > enter
    }
  })
  const voiced = stretches.filter(({ from, to, sure }, i) => {
    const before = stretches[i - 1]
    const after = stretches[i + 1]
    return (
      sure ||
      (before?.sure === true && from - before.to <= NEAR_STEPS) ||
      (after?.sure === true && after.from - to <= NEAR_STEPS)
    )
  })
  return voiced.map(({ from, to }) => ({ start: from * LEVEL_SECONDS, end: to * LEVEL_SECONDS }))
}
