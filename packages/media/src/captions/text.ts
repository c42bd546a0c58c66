import type { Cue, Word } from '@cutroom/contracts'

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
