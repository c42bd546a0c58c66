import type { Cue, Word } from './captions.ts'

/** Characters that have no picture and could upset a file or its direction; soft hyphen to bidi isolates. */
const INVISIBLE =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu

/**
 * The text as it is shown: composed characters (NFC), lines parted by `\n`, no empty line, no control or direction
 * character, single spaces. Empty where nothing visible is left.
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .split(LINE_BREAK)
    .map((line) =>
      line
        .replace(/\t/gu, ' ')
        .replace(INVISIBLE, '')
        .replace(/[ \u00a0]+/gu, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n')
}

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

/** A timed word and where it stands in its cue's plain text: `text.slice(from, to)`. */
export interface PlacedWord extends Word {
  readonly from: number
  readonly to: number
}

/**
 * The words of a cue, found again in its plain text; `null` where they do not spell that text, so that nothing of it
 * could get lost by trusting them.
 */
export function wordsInText(text: string, words: Cue['words']): PlacedWord[] | null {
  const placed: PlacedWord[] = []
  let cursor = 0
  for (const word of words) {
    const plain = plainText(word.text).replaceAll('\n', ' ')
    if (plain === '') continue
    const from = cursor + leadingSpace(text.slice(cursor))
    if (!text.slice(from).replaceAll('\n', ' ').startsWith(plain)) return null
    cursor = from + plain.length
    placed.push({ text: plain, start: word.start, end: word.end, from, to: cursor })
  }
  return placed.length > 0 && text.slice(cursor).trim() === '' ? placed : null
}

const leadingSpace = (text: string): number => text.length - text.trimStart().length

/**
 * The words of a cue, and where they stand in its plain text. Those that nobody timed, or whose times do not belong to the
 * text, share the cue's time by their length. Empty where nothing of the text is visible.
 */
export function wordsOf(cue: Cue): PlacedWord[] {
  const text = plainText(cue.text)
  return wordsInText(text, cue.words) ?? wordsInText(text, placeWords(text, cue.start, cue.end)) ?? []
}
