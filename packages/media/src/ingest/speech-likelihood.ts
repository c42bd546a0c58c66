import { FEATURE_RATE_HZ } from '../features/features.ts'
import { SPEECH_BANDS, SPEECH_FRAMES_PER_SECOND, type SpeechFacts } from './speech-meter.ts'

const FRAMES_PER_SAMPLE = SPEECH_FRAMES_PER_SECOND / FEATURE_RATE_HZ
const inFrames = (seconds: number): number => Math.round(seconds * SPEECH_FRAMES_PER_SECOND)

/** A sound is judged by what is around it: six syllables or so. */
const CONTEXT = inFrames(1.5)
/** What a level differs between these two averages is syllables: 2 to 8 Hz. */
const SHORT = inFrames(0.1)
const LONG = inFrames(0.55)
/** Amplitude of a band below which changes are those of noise: -76 dBFS. */
const QUIET = 1.5e-4

/**
 * Where a sign of speech says as much for it as against it, and how steeply. Means over 1.5 s, 10th to 90th percentile: modulation 0.23 to 1.5 in
 * speech, below 0.15 in noise; persistence to 0.3 in speech, from 0.31 in music; voicing from 0.39 in speech, to 0.5 in music, to 0.3 in noise.
 */
const MODULATION = { even: 0.19, steep: 5 }
const PERSISTENCE = { even: 0.34, steep: -25 }
const VOICING = { even: 0.36, steep: 25 }

/** Speech is louder than the pauses within two seconds, and not too far below its own peaks there, dB. */
const SURROUNDINGS = inFrames(2)
const ABOVE_FLOOR_DB = 4
const BELOW_PEAK_DB = 42

/**
 * How likely somebody speaks, 0 to 1, per sample of the features. Three signs have to agree: the level of each band changes with the
 * syllables (E. Scheirer and M. Slaney, "Construction and evaluation of a robust multifeature speech/music discriminator", ICASSP 1997),
 * which that of noise does not; no tone is held, as instruments do; and there is one voice, of one pitch at a time. Pure.
 */
export function speechLikelihood(facts: SpeechFacts): Float32Array {
  const { power, modulation } = syllables(facts)
  const heard = audible(power)
  const share = averaged(heard, CONTEXT)
  /** The mean around each frame of what is heard. */
  const whereHeard = (series: Float32Array): Float64Array =>
    averaged(
      heard.map((value, i) => value * at(series, i)),
      CONTEXT,
    ).map((sum, i) => sum / Math.max(at(share, i), 1e-9))
  const persistence = whereHeard(facts.persistence)
  const voicing = whereHeard(facts.voicing)
  const likelihood = heard.map(
    (value, i) =>
      value *
      logistic(MODULATION.steep * Math.log(Math.max(at(modulation, i), 1e-9) / MODULATION.even)) *
      logistic(PERSISTENCE.steep * (at(persistence, i) - PERSISTENCE.even)) *
      logistic(VOICING.steep * (at(voicing, i) - VOICING.even)),
  )
  return Float32Array.from({ length: Math.ceil(facts.frames / FRAMES_PER_SAMPLE) }, (_, sample) => {
    const own = likelihood.subarray(sample * FRAMES_PER_SAMPLE, (sample + 1) * FRAMES_PER_SAMPLE)
    return own.reduce((sum, value) => sum + value, 0) / own.length
  })
}

/** Power of each frame, and how much the bands' amplitudes swing at 2 to 8 Hz around it: variance by mean squared, louder bands count more. */
function syllables({ frames, bands }: SpeechFacts) {
  const power = new Float64Array(frames)
  const modulation = new Float64Array(frames)
  const weight = new Float64Array(frames)
  for (let band = 0; band < SPEECH_BANDS; band++) {
    const amplitude = Float64Array.from({ length: frames }, (_, i) => at(bands, i * SPEECH_BANDS + band))
    const short = averaged(amplitude, SHORT)
    const long = averaged(amplitude, LONG)
    const variance = averaged(
      short.map((value, i) => (value - at(long, i)) ** 2),
      CONTEXT,
    )
    averaged(amplitude, CONTEXT).forEach((mean, i) => {
      power[i] = at(power, i) + at(amplitude, i) ** 2
      modulation[i] = at(modulation, i) + (mean * at(variance, i)) / (mean + QUIET) ** 2
      weight[i] = at(weight, i) + mean
    })
  }
  return { power, modulation: modulation.map((sum, i) => sum / Math.max(at(weight, i), 1e-9)) }
}

/** 1 where something is heard above its surroundings, else 0. */
function audible(power: Float64Array): Float64Array {
  const level = power.map((value) => 10 * Math.log10(value + QUIET ** 2))
  const smooth = averaged(level, inFrames(0.15))
  return level.map((value, i) => {
    let [floor, peak] = [value, value]
    const end = Math.min(level.length, i + SURROUNDINGS + 1)
    for (let near = Math.max(0, i - SURROUNDINGS); near < end; near++) {
      floor = Math.min(floor, at(smooth, near))
      peak = Math.max(peak, at(level, near))
    }
    return value > floor + ABOVE_FLOOR_DB && value > peak - BELOW_PEAK_DB ? 1 : 0
  })
}

const at = (values: Float32Array | Float64Array, index: number): number => values[index] as number

const logistic = (value: number): number => 1 / (1 + Math.exp(-value))

/** Mean of the `width` values around each; of fewer at the ends. */
function averaged(values: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i++) sums[i + 1] = at(sums, i) + at(values, i)
  const before = Math.floor(width / 2)
  return values.map((_, i) => {
    const from = Math.max(0, i - before)
    const to = Math.min(values.length, i - before + width)
    return (at(sums, to) - at(sums, from)) / (to - from)
  })
}
