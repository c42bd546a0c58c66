/** Samples per second of every feature. */
export const FEATURE_RATE_HZ = 10

/**
 * What ingest learns about a source, sampled at `FEATURE_RATE_HZ`: sample `i` describes the picture at `i / 10` s and the
 * sound from `i / 10` s to `(i + 1) / 10` s. The arrays are of equal length.
 */
export interface Features {
  readonly durationSeconds: number
  /** Mean absolute difference of luma to the sample before, 0 (still) to 1. The first sample has that of the second. */
  readonly motion: Float32Array
  /** Mean luma, 0 (black) to 1 (white). */
  readonly brightness: Float32Array
  /** Standard deviation of luma, 0 (a plain surface) to 0.5. */
  readonly contrast: Float32Array
  /** Mean absolute Laplacian of luma, 0 (blurred) to 1. */
  readonly sharpness: Float32Array
  /** Where the eye goes, 0 (left) to 1 (right), and 0 (top) to 1 (bottom): centroid of detail and motion. */
  readonly focusX: Float32Array
  readonly focusY: Float32Array
  /** 64-bit perceptual (difference) hash of the picture; near duplicates differ in few bits. */
  readonly hash: BigUint64Array
  /** RMS level of the sound in dBFS, -100 for digital silence and where there is no sound. */
  readonly loudness: Float32Array
  /** How likely somebody speaks, 0 to 1; 0 where there is no sound. `speechRanges` says where that is. */
  readonly speech: Float32Array
  /** Times of hard cuts: the first instant of the new shot, in seconds, ascending. */
  readonly hardCuts: Float64Array
  /** False where the source has no audio stream. */
  readonly hasAudio: boolean
}
