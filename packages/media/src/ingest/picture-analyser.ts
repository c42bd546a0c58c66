import type { Features } from '../features/features.ts'
import { findHardCuts } from './hard-cuts.ts'
import { DetailMeter, differenceHash, meanDifference, measureLight, measureStep } from './picture-measures.ts'
import { frameOfSample, type IngestPlan } from './plan.ts'

/** The part of the features that pictures give. */
export type PictureFeatures = Pick<
  Features,
  'motion' | 'brightness' | 'contrast' | 'sharpness' | 'focusX' | 'focusY' | 'hash' | 'hardCuts'
>

/** Takes the grey frames of a source as raw bytes, in chunks of any size, and measures them as they come. */
export class PictureAnalyser {
  readonly #plan: IngestPlan
  readonly #detail: DetailMeter
  /** The frame that is being filled, the one before it, and the one of the sample before. */
  #current: Uint8Array
  #previous: Uint8Array
  readonly #sampled: Uint8Array
  #filled = 0
  #frames = 0
  #samples = 0
  readonly #steps: { readonly difference: Float32Array; readonly novelty: Float32Array }
  readonly #features: Omit<PictureFeatures, 'hardCuts'>
  readonly #keep: ReadonlySet<number>
  /** Copies of the frames that were asked for, by number. */
  readonly kept = new Map<number, Uint8Array>()

  /** `keep` names frames of which a copy is wanted. */
  constructor(plan: IngestPlan, keep: Iterable<number>) {
    this.#plan = plan
    this.#keep = new Set(keep)
    const pixels = plan.grey.width * plan.grey.height
    this.#detail = new DetailMeter(plan.grey)
    this.#current = new Uint8Array(pixels)
    this.#previous = new Uint8Array(pixels)
    this.#sampled = new Uint8Array(pixels)
    this.#steps = {
      difference: new Float32Array(plan.frames),
      novelty: new Float32Array(plan.frames),
    }
    const series = (): Float32Array => new Float32Array(plan.samples)
    this.#features = {
      motion: series(),
      brightness: series(),
      contrast: series(),
      sharpness: series(),
      focusX: series(),
      focusY: series(),
      hash: new BigUint64Array(plan.samples),
    }
  }

  /** Frames seen so far. */
  get frames(): number {
    return this.#frames
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + this.#current.length - this.#filled)
      this.#current.set(part, this.#filled)
      this.#filled += part.length
      at += part.length
      if (this.#filled === this.#current.length) this.#takeFrame()
    }
  }

  #takeFrame(): void {
    const frame = this.#frames++
    this.#filled = 0
    if (frame >= this.#plan.frames) return
    if (frame > 0) measureStep(this.#previous, this.#current, this.#steps, frame)
    if (this.#keep.has(frame)) this.kept.set(frame, this.#current.slice())
    if (frameOfSample(this.#plan, this.#samples) === frame) this.#takeSample(frame)
    const free = this.#previous
    this.#previous = this.#current
    this.#current = free
  }

  /** A source of less than ten frames a second shows the same frame in several samples. */
  #takeSample(frame: number): void {
    const features = this.#features
    const first = this.#samples
    const picture = this.#current
    const before = first === 0 ? picture : this.#sampled
    const { brightness, contrast } = measureLight(picture)
    const { sharpness, focusX, focusY } = this.#detail.measure(picture, before)
    const motion = meanDifference(picture, before)
    const hash = differenceHash(picture, this.#plan.grey)
    do {
      const sample = this.#samples++
      features.motion[sample] = motion
      features.brightness[sample] = brightness
      features.contrast[sample] = contrast
      features.sharpness[sample] = sharpness
      features.focusX[sample] = focusX
      features.focusY[sample] = focusY
      features.hash[sample] = hash
    } while (this.#samples < this.#plan.samples && frameOfSample(this.#plan, this.#samples) === frame)
    this.#sampled.set(picture)
  }

  /**
   * What was measured. A source may end a few frames before its container says: the samples behind its last frame repeat it.
   */
  finish(): PictureFeatures {
    const { rate, phaseSeconds, samples } = this.#plan
    const features = this.#features
    const perSecond = rate.num / rate.den
    const seen = this.#samples
    for (const series of Object.values(features)) {
      // Within the array, so that it works for numbers and 64-bit hashes alike.
      for (let sample = seen; sample < samples; sample++) series.copyWithin(sample, seen - 1, seen)
    }
    if (samples > 1) features.motion[0] = features.motion[1] as number
    const hardCuts = findHardCuts(this.#steps, perSecond).map((frame) => phaseSeconds + frame / perSecond)
    return { ...features, hardCuts: Float64Array.from(hardCuts) }
  }
}
