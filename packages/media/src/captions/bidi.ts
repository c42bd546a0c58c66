import { createRequire } from 'node:module'
import type * as BidiModule from 'bidi-js'

/**
 * libass resolves directions between override tags one run at a time, so a line whose words differ in colour comes out
 * in the wrong order. The order is therefore worked out here, for whole lines.
 */
// Its types say ES module, its code is CommonJS: only require() means the same to both.
const createBidi: typeof BidiModule.default.default = createRequire(import.meta.url)('bidi-js')
const bidi = createBidi()

/** Whether a text reads from right to left as a whole: its first strong character decides. */
export const isRightToLeft = (text: string): boolean =>
  (bidi.getEmbeddingLevels(text).paragraphs[0]?.level ?? 0) % 2 === 1

/** Embedding level of each UTF-16 unit of a line; odd is right to left. (Unicode Bidirectional Algorithm, UAX #9.) */
export const embeddingLevels = (line: string, rightToLeft: boolean): Uint8Array =>
  bidi.getEmbeddingLevels(line, rightToLeft ? 'rtl' : 'ltr').levels

/** Items of a line from reading order into order from left to right. (UAX #9, rule L2.) */
export function visualOrder<T extends { readonly level: number }>(items: readonly T[]): T[] {
  const ordered = [...items]
  for (let level = Math.max(0, ...items.map((item) => item.level)); level > 0; level -= 1) {
    for (let from = 0; from < ordered.length; from += 1) {
      let to = from
      while ((ordered[to]?.level ?? -1) >= level) to += 1
      ordered.splice(from, to - from, ...ordered.slice(from, to).reverse())
      from = to
    }
  }
  return ordered
}
