import { FEATURE_RATE_HZ } from '../features/features.ts'
import { SOUND_RATE_HZ } from './argv.ts'
import { speechLikelihood } from './speech-likelihood.ts'
import { SPEECH_FRAMES_PER_SECOND, SpeechMeter } from './speech-meter.ts'

/** The outline of a sound for drawing it. */
export interface Waveform {
  readonly peaksPerSecond: number
  /** Lowest and highest value of each peak in turn, -127 to 127. */
  readonly peaks: Int8Array
}

export const PEAKS_PER_SECOND = 50
/** Level of digital silence, and of a source without sound. */
export const SILENCE_DBFS = -100

const SAMPLES_PER_PEAK = SOUND_RATE_HZ / PEAKS_PER_SECOND
const SAMPLES_PER_LEVEL = SOUND_RATE_HZ / FEATURE_RATE_HZ

/** Takes mono sound as signed 16-bit little-endian samples, in chunks of any size, and measures it as it comes. */
export class SoundAnalyser {
  readonly #peaks: Int8Array
  readonly #loudness: Float32Array
  readonly #speech: SpeechMeter
  /** The first byte of a sample whose second has not come. */
  #half: number | null = null
  #sample = 0
  #low = 0
  #high = 0
  #squares = 0

  /** `levels` is the number of samples of the features. */
  constructor(durationSeconds: number, levels: number) {
    this.#peaks = new Int8Array(2 * Math.ceil(durationSeconds * PEAKS_PER_SECOND))
    this.#loudness = new Float32Array(levels).fill(SILENCE_DBFS)
    this.#speech = new SpeechMeter((levels * SPEECH_FRAMES_PER_SECOND) / FEATURE_RATE_HZ)
  }

  push(chunk: Uint8Array): void {
    let at = 0
    if (this.#half !== null && chunk.length > 0) {
      this.#take(((((chunk[at++] as number) << 8) | this.#half) << 16) >> 16)
      this.#half = null
    }
    for (; at + 1 < chunk.length; at += 2) {
      this.#take(((((chunk[at + 1] as number) << 8) | (chunk[at] as number)) << 16) >> 16)
    }
    if (at < chunk.length) this.#half = chunk[at] as number
  }

  #take(value: number): void {
    if (value < this.#low) this.#low = value
    if (value > this.#high) this.#high = value
    this.#squares += value * value
    this.#speech.push(value)
    this.#sample++
    if (this.#sample % SAMPLES_PER_PEAK === 0) this.#endPeak(this.#sample / SAMPLES_PER_PEAK - 1)
    if (this.#sample % SAMPLES_PER_LEVEL === 0) {
      this.#endLevel(this.#sample / SAMPLES_PER_LEVEL - 1, SAMPLES_PER_LEVEL)
    }
  }

  /** Writes behind the end of an array are lost, which is meant: sound may go on after the picture. */
  #endPeak(index: number): void {
    this.#peaks[2 * index] = Math.round((this.#low / 32_768) * 127)
    this.#peaks[2 * index + 1] = Math.round((this.#high / 32_768) * 127)
    this.#low = 0
    this.#high = 0
  }

  #endLevel(index: number, samples: number): void {
    const level = 10 * Math.log10(this.#squares / samples / 32_768 ** 2)
    this.#loudness[index] = Math.max(SILENCE_DBFS, level)
    this.#squares = 0
  }

  finish(): { readonly loudness: Float32Array; readonly speech: Float32Array; readonly waveform: Waveform } {
    const peak = this.#sample % SAMPLES_PER_PEAK
    const level = this.#sample % SAMPLES_PER_LEVEL
    if (peak > 0) this.#endPeak(Math.floor(this.#sample / SAMPLES_PER_PEAK))
    if (level > 0) this.#endLevel(Math.floor(this.#sample / SAMPLES_PER_LEVEL), level)
    return {
      loudness: this.#loudness,
      speech: speechLikelihood(this.#speech.finish()),
      waveform: { peaksPerSecond: PEAKS_PER_SECOND, peaks: this.#peaks },
    }
  }
}
