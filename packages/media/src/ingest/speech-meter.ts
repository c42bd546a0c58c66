import { SOUND_RATE_HZ } from './argv.ts'
import { PowerSpectrum } from './power-spectrum.ts'

/** Voices need no more than 4 kHz: two samples of the sound become one. */
const RATE_HZ = SOUND_RATE_HZ / 2
export const SPEECH_FRAMES_PER_SECOND = 20
const HOP = RATE_HZ / SPEECH_FRAMES_PER_SECOND
/** 64 ms: long enough to tell the partials of a voice apart, at 15.6 Hz a bin. */
const LENGTH = 512
const binOf = (hertz: number): number => Math.round((hertz * LENGTH) / RATE_HZ)

/** Edges of the bands whose level is followed, Hz. */
const EDGES = [200, 400, 700, 1100, 1700, 2500, 3600].map(binOf)
export const SPEECH_BANDS = EDGES.length - 1

/** Partials are looked for between these bins, each held against so many neighbours on both sides: 125 Hz. */
const FIRST = binOf(125)
const FINE = binOf(3000) - FIRST
const AROUND = binOf(125)
/** Decibels that a bin may lie below its neighbours: deeper holes say nothing. */
const DEEPEST = -8
/** Power of a bin that is taken for silence. */
const SILENT = 1e-9
/** A partial that is the same after 100 ms is a tone that is held. */
const FRAMES_APART = 2
/** Spacings that the partials of a voice may have, and the part of the fine structure in which they stand apart, bins. */
const NARROWEST = binOf(94)
const WIDEST = binOf(406)
const VOICED = binOf(1560) - FIRST

/** What tells speech from other sound, per frame of 50 ms. */
export interface SpeechFacts {
  readonly frames: number
  /** Amplitude of each band in turn, frame after frame; 1 is a sine of full scale. */
  readonly bands: Float32Array
  /** How much the partials are those of 100 ms before, -1 to 1: correlation of the fine structures of two log spectra. */
  readonly persistence: Float32Array
  /** How much the partials are one harmonic series of 94 to 406 Hz, to 1: highest autocorrelation of the fine structure over bins. */
  readonly voicing: Float32Array
}

/**
 * Measures sound for `speechLikelihood` as it comes, by the fine structure of its log spectrum: what is left without its envelope. Its period
 * is the pitch of a voice (A. M. Noll, "Cepstrum pitch determination", J. Acoust. Soc. Am. 41, 1967); peaks that stay in their bins
 * are held tones (K. Seyerlehner et al., "Automatic music detection in television productions", DAFx 2007).
 */
export class SpeechMeter {
  readonly #spectrum = new PowerSpectrum(LENGTH)
  readonly #ring = new Float32Array(LENGTH)
  readonly #levels = new Float32Array(FINE + 2 * AROUND)
  /** Fine structures of the last frames, with mean 0, and the lengths of these vectors. */
  readonly #fine = Array.from({ length: FRAMES_APART + 1 }, () => new Float32Array(FINE))
  readonly #lengths = new Float64Array(FRAMES_APART + 1)
  readonly #facts: SpeechFacts
  #odd = 0
  #count = 0
  #frame = 0

  constructor(frames: number) {
    const series = () => new Float32Array(frames)
    const bands = new Float32Array(frames * SPEECH_BANDS)
    this.#facts = { frames, bands, persistence: series(), voicing: series() }
  }

  /** Takes one 16-bit sample. What comes behind the last frame is left out. */
  push(value: number): void {
    const count = this.#count++
    if ((count & 1) === 0) {
      this.#odd = value
      return
    }
    const at = count >> 1
    this.#ring[at & (LENGTH - 1)] = (this.#odd + value) / 65_536
    if ((at + 1) % HOP === 0 && this.#frame < this.#facts.frames) this.#endFrame(at + 1)
  }

  finish(): SpeechFacts {
    return this.#facts
  }

  #endFrame(end: number): void {
    const frame = this.#frame++
    this.#spectrum.measure(this.#ring, end)
    const { bands, persistence, voicing } = this.#facts
    for (let band = 0; band < SPEECH_BANDS; band++) {
      bands[frame * SPEECH_BANDS + band] = this.#amplitude(EDGES[band] as number, EDGES[band + 1] as number)
    }
    const now = frame % this.#fine.length
    const then = (frame + 1) % this.#fine.length
    const fine = this.#fine[now] as Float32Array
    this.#measureFine(fine)
    this.#lengths[now] = Math.sqrt(product(fine, fine, 0, FINE))
    const both = (this.#lengths[now] as number) * (this.#lengths[then] as number)
    const before = this.#fine[then] as Float32Array
    persistence[frame] = both > 0 ? product(fine, before, 0, FINE) / both : 0
    voicing[frame] = voicingOf(fine)
  }

  #amplitude(from: number, to: number): number {
    let sum = 0
    for (let bin = from; bin < to; bin++) sum += this.#spectrum.power[bin] as number
    return Math.sqrt(sum)
  }

  /** The log spectrum without its envelope. */
  #measureFine(fine: Float32Array): void {
    const levels = this.#levels
    const width = 2 * AROUND + 1
    let around = 0
    for (let i = 0; i < levels.length; i++) {
      levels[i] = 10 * Math.log10((this.#spectrum.power[FIRST - AROUND + i] as number) + SILENT)
      if (i < width - 1) around += levels[i] as number
    }
    let mean = 0
    for (let bin = 0; bin < FINE; bin++) {
      around += levels[bin + width - 1] as number
      fine[bin] = Math.max(DEEPEST, (levels[bin + AROUND] as number) - around / width)
      around -= levels[bin] as number
      mean += (fine[bin] as number) / FINE
    }
    for (let bin = 0; bin < FINE; bin++) fine[bin] = (fine[bin] as number) - mean
  }
}

function voicingOf(fine: Float32Array): number {
  const squares = product(fine, fine, 0, VOICED) / VOICED
  if (squares === 0) return 0
  let most = -1
  for (let spacing = NARROWEST; spacing <= WIDEST; spacing++) {
    const pairs = VOICED - spacing
    most = Math.max(most, product(fine, fine, spacing, pairs) / pairs)
  }
  return most / squares
}

/** Sum of products of `a` with what lies `shift` further in `b`. */
function product(a: Float32Array, b: Float32Array, shift: number, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += (a[i] as number) * (b[i + shift] as number)
  return sum
}
