import { type Cue, placeWords, plainText } from '@cutroom/contracts'
import { parseTime, TIME } from './time.ts'

export type CaptionFormat = 'srt' | 'vtt'

/** In SRT, where nothing is escaped, only these count as tags: `I <3 you` and `a <b` stay text. */
const SRT_TAG = /<\/?(?:b|i|u|s|em|strong|font|span|c|v|ruby|lang|p|div)(?:[\s.][^<>]*)?\/?>/iu
/** Any tag is dropped by WebVTT's rules; `1 < 2` is not one. */
const VTT_TAG = /<\/?[a-z][^<>]*>/iu
const BREAK = /<br\s*\/?>/giu
/** Ruby text repeats the word above it in another script. */
const RUBY_TEXT = /<rt\b[^<>]*>.*?<\/rt>/gisu
/** Placement and colour in the manner of ASS, which many programs leave in SRT files. */
const ASS_OVERRIDE = /\{\\[^{}]*\}/u
const STAMP = new RegExp(`<\\s*(${TIME.source})\\s*>`, 'u')

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  lrm: '',
  rlm: '',
}
const ENTITY = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp|lrm|rlm));/giu

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (entity, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity
  })
}

/** Whether text, written as it is, would come back changed by `readMarkup`. */
export const looksLikeMarkup = (text: string): boolean =>
  [SRT_TAG, BREAK, RUBY_TEXT, ASS_OVERRIDE, STAMP, ENTITY].some((pattern) => text.search(pattern) >= 0)

/**
 * A cue's body without its markup. Timestamps inside it (`one <00:01.000>two`) become word times; they are ignored
 * where they do not rise between the cue's own times.
 */
export function readMarkup(body: string, format: CaptionFormat, start: number, end: number): Cue {
  const tags = format === 'vtt' ? [VTT_TAG] : [SRT_TAG, ASS_OVERRIDE]
  const strip = new RegExp(tags.map((tag) => tag.source).join('|'), 'giu')
  // With one capturing group in the pattern, split() gives text and timestamps in turn.
  const parts = body.replace(RUBY_TEXT, '').replace(BREAK, '\n').split(STAMP)
  const pieces = parts
    .filter((_, index) => index % 2 === 0)
    .map((part) => decodeEntities(part.replace(strip, '')))
  const stamps = parts.filter((_, index) => index % 2 === 1).map((stamp) => parseTime(stamp) ?? -1)
  const text = plainText(pieces.join(''))
  const times = [start, ...stamps, end]
  const rising = times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))
  if (stamps.length === 0 || !rising) return { start, end, text, words: [] }
  const words = pieces.flatMap((piece, index) =>
    placeWords(plainText(piece), times[index] ?? start, times[index + 1] ?? end),
  )
  return { start, end, text, words: words.filter((word) => word.end > word.start) }
}
