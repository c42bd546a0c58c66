/** Peaks of a sound for drawing: 0 to 1. */

export const PEAKS_PER_SECOND = 50

/** The loudest sample of each fiftieth of a second, of all channels. */
export function peaksOf(channels: readonly Float32Array[], sampleRate: number): number[] {
  const samples = channels[0]?.length ?? 0
  const width = sampleRate / PEAKS_PER_SECOND
  return Array.from({ length: Math.ceil(samples / width) }, (_, index) => {
    let peak = 0
    const end = Math.min(samples, Math.round((index + 1) * width))
    for (const channel of channels)
      for (let at = Math.round(index * width); at < end; at++)
        peak = Math.max(peak, Math.abs(channel[at] ?? 0))
    return Math.min(1, peak)
  })
}

/** A closed path around peaks, in a box of one unit for each and a height of 2. */
export function wavePath(peaks: readonly number[]): string {
  const upper = peaks.map((peak, index) => `${index + 0.5} ${(1 - peak * 0.92 - 0.04).toFixed(3)}`)
  const lower = peaks.map((peak, index) => `${index + 0.5} ${(1 + peak * 0.92 + 0.04).toFixed(3)}`).reverse()
  return peaks.length === 0 ? '' : `M0 1L${[...upper, `${peaks.length} 1`, ...lower].join('L')}Z`
}
