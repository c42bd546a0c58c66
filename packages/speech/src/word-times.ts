import { placeWords, type Word, wordSpans } from '@cutroom/contracts'
import { cheapestPath } from './cheapest-path.ts'
import type { Span } from './pcm.ts'

/** A silence this long is a pause between words; shorter ones are the closures of p, t, k. Seconds. */
const WORD_PAUSE = 0.12

/**
 * The words of a phrase that nobody timed. Pauses fall between words: the words are dealt out to the stretches
 * between pauses so that each takes the time of its length as well as may be, and placed by length inside of them.
 * `voice` is in order and not empty, seconds.
 */
export function placeWordsInVoice(text: string, voice: readonly Span[]): Word[] {
  const stretches = mergeSpans(voice, WORD_PAUSE)
  const words = wordSpans(text)
  const total = stretches.reduce((sum, { start, end }) => sum + end - start, 0)
  // Seconds said before each word, and at the end, if they took their time by length.
  const before = [...placeWords(text, 0, total).map((word) => word.start), total]
  const path = cheapestPath({
    steps: stretches.length,
    places: before.length,
    least: 0,
    cost: (step, from, to) => {
      const stretch = stretches[step]
      const wanted = (before[to] ?? 0) - (before[from] ?? 0)
      return stretch === undefined ? Number.POSITIVE_INFINITY : (stretch.end - stretch.start - wanted) ** 2
    },
  })
  return stretches.flatMap(({ start, end }, i) => {
    const first = words[path?.[i] ?? 0]
    const last = words[(path?.[i + 1] ?? 0) - 1]
    return first === undefined || last === undefined
      ? []
      : placeWords(text.slice(first.from, last.to), start, end)
  })
}

/** The spans, those joined that are parted by less than `gap` seconds. */
function mergeSpans(spans: readonly Span[], gap: number): Span[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of spans) {
    const last = merged.at(-1)
    if (last !== undefined && start - last.end < gap) last.end = end
    else merged.push({ start, end })
  }
  return merged
}
