/** A range of a recording in seconds. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Mono samples from −1 to 1, as everything in this package computes with them. */
export const toFloat = (samples: Int16Array): Float32Array =>
  Float32Array.from(samples, (sample) => sample / 32768)

/** Mono samples as 16-bit integers; what is louder than full scale is limited to it. */
export const toInt16 = (samples: Float32Array): Int16Array =>
  Int16Array.from(samples, (sample) => Math.max(-32768, Math.min(32767, Math.round(sample * 32768))))
