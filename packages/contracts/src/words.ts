import type { Word } from './captions.ts'

/** A word of a text and where it stands in it: `text.slice(from, to)`, in UTF-16 units. */
export interface WordSpan {
  readonly from: number
  readonly to: number
}

/** Scripts written without spaces between words; there the dictionary of Intl.Segmenter finds the words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const SPOKEN = /[\p{L}\p{N}]/u
const OPENING = /^[\p{Ps}\p{Pi}]+$/u

const wordSegmenter = new Intl.Segmenter('und', { granularity: 'word' })
const graphemeSegmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The text as a reader counts it: one string per user-perceived character. */
export const graphemes = (text: string): string[] =>
  Array.from(graphemeSegmenter.segment(text), (part) => part.segment)

/**
 * The words of a text in reading order. Words are parted by white space, or by dictionary in scripts without spaces.
 * What is not spoken (punctuation, symbols, emoji) belongs to the word before it, or to the one after it where it
 * opens a line or a bracket. Every character that is not white space lies in exactly one word.
 */
export function wordSpans(text: string): WordSpan[] {
  const words: WordSpan[] = []
  let opening: number | null = null
  for (const piece of pieces(text)) {
    const part = text.slice(piece.from, piece.to)
    const last = words.at(-1)
    if (SPOKEN.test(part)) {
      words.push({ from: opening ?? piece.from, to: piece.to })
      opening = null
    } else if (
      opening === null &&
      last !== undefined &&
      !OPENING.test(part) &&
      !text.slice(last.to, piece.from).includes('\n')
    ) {
      words[words.length - 1] = { from: last.from, to: piece.to }
    } else {
      opening ??= piece.from
    }
  }
  if (opening === null) return words
  const last = words.pop()
  words.push({ from: last?.from ?? opening, to: text.trimEnd().length })
  return words
}

function pieces(text: string): WordSpan[] {
  return Array.from(text.matchAll(/\S+/gu)).flatMap((match) => {
    const [chunk] = match
    if (!UNSPACED.test(chunk)) return [{ from: match.index, to: match.index + chunk.length }]
    return Array.from(wordSegmenter.segment(chunk), ({ index, segment }) => ({
      from: match.index + index,
      to: match.index + index + segment.length,
    }))
  })
}

/**
 * How long words take in relation to each other: letters plus one for the onset that every word has.
 * Punctuation takes no time of its own.
 */
function weight(word: string): number {
  return graphemes(word).filter((grapheme) => SPOKEN.test(grapheme)).length + 1
}

/**
 * The words of a phrase, placed by their length between `start` and `end` (seconds), without gaps.
 * For phrases whose words nobody timed. Empty where the text holds nothing but white space.
 */
export function placeWords(text: string, start: number, end: number): Word[] {
  const words = wordSpans(text).map((span) => text.slice(span.from, span.to))
  const total = words.reduce((sum, word) => sum + weight(word), 0)
  let done = 0
  let from = start
  return words.map((word, index) => {
    done += weight(word)
    const to = index === words.length - 1 ? end : start + ((end - start) * done) / total
    const placed = { text: word, start: from, end: to }
    from = to
    return placed
  })
}
