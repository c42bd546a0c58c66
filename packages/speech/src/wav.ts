import { toInt16 } from './pcm.ts'

/** The samples of a WAV file: one channel, 16 bits. */
interface WavSound {
  readonly samples: Int16Array
  /** Hertz. */
  readonly sampleRate: number
}

/** A WAV file, one channel of 16 bits, of samples from −1 to 1. */
export function encodeWav(pcm: Float32Array, sampleRate: number): Uint8Array {
  const samples = toInt16(pcm)
  const bytes = new Uint8Array(44 + samples.length * 2)
  const view = new DataView(bytes.buffer)
  const text = (at: number, value: string): void => {
    bytes.set(new TextEncoder().encode(value), at)
  }
  text(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, i) => {
    view.setInt16(44 + i * 2, sample, true)
  })
  return bytes
}

/**
 * The samples of a WAV file of one channel with 16-bit samples; `null` for anything else. Programs that write to a
 * pipe cannot know the sizes beforehand and put nonsense there, so a size that goes beyond the end means the end.
 */
export function decodeWav(bytes: Uint8Array): WavSound | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') return null
  let sampleRate: number | null = null
  for (let at = 12; at + 8 <= bytes.length; ) {
    const body = at + 8
    const size = Math.min(view.getUint32(at + 4, true), bytes.length - body)
    if (tag(at) === 'fmt ') {
      if (size < 16) return null
      const format = view.getUint16(body, true)
      const channels = view.getUint16(body + 2, true)
      const bits = view.getUint16(body + 14, true)
      if (format !== 1 || channels !== 1 || bits !== 16) return null
      sampleRate = view.getUint32(body + 4, true)
    } else if (tag(at) === 'data') {
      if (sampleRate === null || sampleRate === 0) return null
      const samples = Int16Array.from({ length: Math.floor(size / 2) }, (_, i) =>
        view.getInt16(body + i * 2, true),
      )
      return { samples, sampleRate }
    }
    // Chunks start at even positions.
    at = body + size + (size % 2)
  }
  return null
}
