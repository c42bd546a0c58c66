import type { Features } from '../features/features.ts'

/**
 * Pictures whose hashes differ in fewer bits than this are near duplicates. On a feature film, shots of the same
 * place from the same angle came as close as 3 to 8 bits, unrelated shots no closer than 11.
 */
export const ALIKE_BITS = 10
/** The perceptual hashes of a source as pairs of 32-bit words, which are quicker to compare than 64-bit ones. */
export interface Hashes {
  readonly words: Uint32Array
}

export const hashesOf = (features: Features): Hashes => ({
  words: new Uint32Array(
    features.hash.buffer.slice(features.hash.byteOffset, features.hash.byteOffset + features.hash.byteLength),
  ),
})

/** Samples `from` to `to` (exclusive) of a source. */
export interface Pictures {
  readonly hashes: Hashes
  readonly from: number
  readonly to: number
}

function bits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Bits in which two pictures differ, 0 to 64. */
export function difference(a: Hashes, i: number, b: Hashes, j: number): number {
  const low = (a.words[2 * i] ?? 0) ^ (b.words[2 * j] ?? 0)
  const high = (a.words[2 * i + 1] ?? 0) ^ (b.words[2 * j + 1] ?? 0)
  return bits(low) + bits(high)
}

/** Whether any picture of one differs from any picture of the other in fewer than `limit` bits. */
export const areAlike = (a: Pictures, b: Pictures, limit: number): boolean =>
  limit > 0 && leastDifference(a, b, limit) < limit

/** Bits in which the two pictures differ that are most alike; stops looking once it is under `enough`. */
export function leastDifference(a: Pictures, b: Pictures, enough = 1): number {
  let least = 64
  for (let i = a.from; i < a.to; i++) {
    for (let j = b.from; j < b.to; j++) {
      least = Math.min(least, difference(a.hashes, i, b.hashes, j))
      if (least < enough) return least
    }
  }
  return least
}
