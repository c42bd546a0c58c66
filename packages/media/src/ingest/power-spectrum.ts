/**
 * Power spectra of real frames of one length, a power of two from 8 on: half as many complex points (W. H. Press et al., Numerical
 * Recipes, 3rd ed., 12.3.2), transformed by radix 2 in place (12.2), behind a Hann window.
 */
export class PowerSpectrum {
  readonly #half: number
  readonly #window: Float64Array
  /** cos and sin of -2πk / length for k below half of it. */
  readonly #cos: Float64Array
  readonly #sin: Float64Array
  readonly #swaps: Uint16Array
  readonly #re: Float64Array
  readonly #im: Float64Array
  /** Of the last frame: power of bin `k`, at `k / length` of the sample rate. A full-scale sine has 1 or so, over its bins. */
  readonly power: Float32Array

  constructor(length: number) {
    const half = length / 2
    this.#half = half
    this.#window = Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length))
    this.#cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / length))
    this.#sin = Float64Array.from({ length: half }, (_, k) => -Math.sin((2 * Math.PI * k) / length))
    const bits = Math.log2(half)
    this.#swaps = Uint16Array.from({ length: half }, (_, i) => reversed(i, bits))
    this.#re = new Float64Array(half)
    this.#im = new Float64Array(half)
    this.power = new Float32Array(half)
  }

  /** Transforms the `length` values of a ring that begin at `start`. */
  measure(ring: Float32Array, start: number): void {
    const half = this.#half
    const mask = 2 * half - 1
    for (let i = 0; i < half; i++) {
      const at = this.#swaps[i] as number
      this.#re[at] = (ring[(start + 2 * i) & mask] as number) * (this.#window[2 * i] as number)
      this.#im[at] = (ring[(start + 2 * i + 1) & mask] as number) * (this.#window[2 * i + 1] as number)
    }
    this.#transform()
    this.#split()
  }

  #transform(): void {
    const re = this.#re
    const im = this.#im
    const half = this.#half
    for (let size = 1; size < half; size *= 2) {
      const stride = half / size
      for (let k = 0; k < size; k++) {
        const c = this.#cos[k * stride] as number
        const s = this.#sin[k * stride] as number
        for (let i = k; i < half; i += 2 * size) {
          const j = i + size
          const x = (re[j] as number) * c - (im[j] as number) * s
          const y = (re[j] as number) * s + (im[j] as number) * c
          re[j] = (re[i] as number) - x
          im[j] = (im[i] as number) - y
          re[i] = (re[i] as number) + x
          im[i] = (im[i] as number) + y
        }
      }
    }
  }

  /** The spectrum of the real frame out of that of its even and odd values. */
  #split(): void {
    const half = this.#half
    // A Hann window has 3/8 of the energy of none; a sine has half of its amplitude squared.
    const scale = 2 / ((half * 2) ** 2 * (3 / 8) * 0.5)
    for (let k = 0; k < half; k++) {
      const mirror = (half - k) & (half - 1)
      const evenRe = ((this.#re[k] as number) + (this.#re[mirror] as number)) / 2
      const evenIm = ((this.#im[k] as number) - (this.#im[mirror] as number)) / 2
      const oddRe = ((this.#im[k] as number) + (this.#im[mirror] as number)) / 2
      const oddIm = ((this.#re[mirror] as number) - (this.#re[k] as number)) / 2
      const c = this.#cos[k] as number
      const s = this.#sin[k] as number
      const re = evenRe + oddRe * c - oddIm * s
      const im = evenIm + oddRe * s + oddIm * c
      this.power[k] = (re * re + im * im) * scale
    }
  }
}

function reversed(value: number, bits: number): number {
  let result = 0
  for (let bit = 0; bit < bits; bit++) if (value & (1 << bit)) result |= 1 << (bits - 1 - bit)
  return result
}
