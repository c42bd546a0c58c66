import { FEATURE_RATE_HZ, type Features } from '../features/features.ts'
import { difference, type Hashes } from './alike.ts'

/** Milliseconds between two samples. All of selection counts in whole milliseconds, so that sums are exact. */
export const STEP_MS = 1000 / FEATURE_RATE_HZ
/**
 * A cut starts this long after a hard cut, and ends this long before one: a frame of slack for rounding at 24 to 60
 * fps.
 */
export const AFTER_HARD_CUT_MS = 20
export const BEFORE_HARD_CUT_MS = 40

/** Why a sample is left out; the order is that of precedence. */
export const FLAWS = ['black', 'plain', 'dead', 'blurred'] as const
export type Flaw = (typeof FLAWS)[number]
/** Per sample: the flaw, or `null` where the picture is worth showing. */
export type Labels = (Flaw | null)[]

/** A dark picture without structure is black; so is anything this dark, titles included. */
const BLACK_BRIGHTNESS = 0.03
const DARK_BRIGHTNESS = 0.1
const DARK_CONTRAST = 0.04
/** A surface of one colour: nothing to see, and its hash says nothing. */
const PLAIN_CONTRAST = 0.03
/**
 * Below `STILL_MOTION` lie noise, people who stand still (0.0005 to 0.0013 on a fixed camera) and slow graphics (from
 * 0.0004). What tells them apart is whether the picture changes in the end: slow graphics change 3 bits of the hash
 * or more in 2 s, the others 0 to 2. Below `FROZEN_MOTION` nothing moves.
 */
export const STILL_MOTION = 0.0015
const FROZEN_MOTION = 0.0002
const DRIFT_BITS = 3
const DRIFT_SAMPLES = 2 * FEATURE_RATE_HZ
/** A spike (key frame, flash) counts at most this much, so that it does not hide a dead stretch. */
const SPIKE_CAP = 5 * STILL_MOTION
/** Stillness of this length is a dead stretch; shorter, it is a pause. */
const DEAD_SAMPLES = FEATURE_RATE_HZ
/** Relative to the source's own median: cameras and subjects differ too much for a fixed limit. */
const BLURRED_SHARE = 0.25
const BLURRED_SAMPLES = 3

/** Motion inside the shots: the jump that a hard cut makes is replaced by the motion after it. */
export function shotMotion(features: Features): Float32Array {
  const motion = Float32Array.from(features.motion)
  for (const time of features.hardCuts) {
    const sample = Math.floor(Math.round(time * 1000) / STEP_MS)
    const after = features.motion[sample + 2]
    if (after !== undefined) motion.fill(after, sample, sample + 2)
  }
  return motion
}

/** Which samples are not worth showing, and why. */
export function labelSamples(features: Features, motion: Float32Array, hashes: Hashes): Labels {
  const { brightness, contrast, sharpness } = features
  const labels: Labels = Array.from(motion, (_, i) => {
    const light = brightness[i] ?? 0
    const structure = contrast[i] ?? 0
    if (light < BLACK_BRIGHTNESS || (light < DARK_BRIGHTNESS && structure < DARK_CONTRAST)) return 'black'
    return structure < PLAIN_CONTRAST ? 'plain' : null
  })
  const still = stillSamples(features, motion, hashes)
  const limit = BLURRED_SHARE * median(sharpness.filter((_, i) => labels[i] === null))
  const soft = Array.from(sharpness, (value) => value < limit)
  markRuns(labels, still, DEAD_SAMPLES, 'dead')
  growDead(labels, motion)
  markRuns(labels, soft, BLURRED_SAMPLES, 'blurred')
  return labels
}

/** Samples in a second of almost no motion, in which the picture does not change in the end either. */
function stillSamples(features: Features, motion: Float32Array, hashes: Hashes): boolean[] {
  const half = DEAD_SAMPLES / 2
  const sums = [0]
  for (const value of motion) sums.push((sums.at(-1) ?? 0) + Math.min(value, SPIKE_CAP))
  const shots = [...hardCutsMs(features).map((time) => Math.ceil(time / STEP_MS)), motion.length]
  let [first, shot] = [0, 0]
  return Array.from(motion, (_, i) => {
    while ((shots[shot] ?? motion.length) <= i) first = shots[shot++] ?? first
    const from = Math.max(0, i - half)
    const to = Math.min(motion.length, i + half + 1)
    const mean = ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from)
    if (mean >= STILL_MOTION || mean < FROZEN_MOTION) return mean < FROZEN_MOTION
    const last = (shots[shot] ?? motion.length) - 1
    const before = Math.max(first, Math.min(i - DRIFT_SAMPLES / 2, last - DRIFT_SAMPLES))
    const after = Math.min(last, before + DRIFT_SAMPLES)
    const drift = difference(hashes, before, hashes, after)
    // Noise flips bits too, but as many in one second as in two.
    return drift < DRIFT_BITS || drift <= difference(hashes, before, hashes, (before + after) >> 1)
  })
}

function markRuns(labels: Labels, flagged: readonly boolean[], shortest: number, flaw: Flaw): void {
  let from = 0
  for (let i = 0; i <= flagged.length; i++) {
    if (flagged[i] === true) continue
    if (i - from >= shortest) for (let k = from; k < i; k++) labels[k] ??= flaw
    from = i + 1
  }
}

/** A dead stretch goes on to where the motion starts, which the mean over a second blurs. */
function growDead(labels: Labels, motion: Float32Array): void {
  const dead = labels.map((label) => label === 'dead')
  for (let i = 0; i < labels.length; i++) {
    const near = dead.slice(Math.max(0, i - DEAD_SAMPLES / 2), i + DEAD_SAMPLES / 2 + 1)
    if (labels[i] === null && (motion[i] ?? 0) < STILL_MOTION && near.includes(true)) labels[i] = 'dead'
  }
}

/** The middle value; 0 of nothing. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[sorted.length >> 1] ?? 0
}

/** A time range, in milliseconds of its source; `endMs` is exclusive. */
export interface Stretch {
  readonly startMs: number
  readonly endMs: number
}

/** Hard cuts of a source in whole milliseconds. */
export const hardCutsMs = (features: Features): number[] =>
  Array.from(features.hardCuts, (time) => Math.round(time * 1000)).filter((time) => time > 0)

/**
 * The longest runs of samples that are allowed. What lies between an allowed and a refused sample is left out, except
 * up to a hard cut between the two, which says exactly where the picture changed.
 */
export function stretches(
  features: Features,
  cuts: readonly number[],
  allowed: (sample: number) => boolean,
): Stretch[] {
  const count = features.motion.length
  const end = Math.min(Math.floor(features.durationSeconds * 1000), count * STEP_MS)
  const found: Stretch[] = []
  let next = 0
  const cutBetween = (sample: number): number | undefined => {
    const [from, to] = [(sample - 1) * STEP_MS, sample * STEP_MS]
    while (next > 0 && (cuts[next - 1] ?? 0) > from) next--
    while (next < cuts.length && (cuts[next] ?? 0) <= from) next++
    const cut = cuts[next]
    return cut !== undefined && cut <= to ? cut : undefined
  }
  let first: number | null = null
  for (let i = 0; i <= count; i++) {
    const open = i < count && allowed(i)
    if (open && first === null) first = i
    if (open || first === null) continue
    const before = first === 0 ? undefined : cutBetween(first)
    const after = i === count ? undefined : cutBetween(i)
    const startMs = before === undefined ? first * STEP_MS : before + AFTER_HARD_CUT_MS
    const endMs = after === undefined ? (i === count ? end : (i - 1) * STEP_MS) : after - BEFORE_HARD_CUT_MS
    if (endMs > startMs) found.push({ startMs, endMs })
    first = null
  }
  return found
}
