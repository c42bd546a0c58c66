import { type Cue, CutroomError } from '@cutroom/contracts'
import { type CaptionFormat, readMarkup } from './markup.ts'
import { sequential } from './sequence.ts'
import { parseTime, TIME } from './time.ts'

/** Far above any real caption file; what is larger is something else. */
const MAX_BYTES = 5_000_000
const MAX_CUES = 20_000
const MAX_BODY = 5_000

/**
 * Caption text of SRT or WebVTT as cues; the format is told by the `WEBVTT` in the first line. The reader is our own:
 * others swallow a cue where the blank line before it is missing.
 *
 * Bytes may be UTF-8, or UTF-16 with its byte order mark. Tags, entities, cue settings and comments go; WebVTT's
 * timestamps inside a cue become word times. Cues come sorted and one after the other (see `sequential`).
 * Throws `captions-unreadable` with the line's number.
 */
export function readCaptions(input: Uint8Array | string): Cue[] {
  if (input.length > MAX_BYTES) {
    throw unreadable(1, `it is larger than ${MAX_BYTES / 1e6} MB`, { limit: MAX_BYTES, value: input.length })
  }
  const text = typeof input === 'string' ? input.replace(/^\ufeff/u, '') : captionText(input)
  const lines = text.split(/\r\n|\n|\r/u)
  const format = /^\s*WEBVTT(?:\s|$)/u.test(lines[0] ?? '') ? 'vtt' : 'srt'
  const blocks = findBlocks(lines, format)
  if (blocks.length === 0) throw unreadable(1, 'it holds no line with a start and an end time')
  return sequential(blocks.map((block) => toCue(block, format)).filter((cue) => cue.text !== ''))
}

function unreadable(line: number, why: string, details: Record<string, unknown> = {}): CutroomError {
  return new CutroomError('captions-unreadable', `The caption file cannot be read at line ${line}: ${why}.`, {
    details: { line, ...details },
  })
}

/** The text of a caption file: UTF-8, or UTF-16 with its byte order mark. Throws `captions-unreadable` with the line's number. */
export function captionText(input: Uint8Array): string {
  const encoding = [
    [0xff, 0xfe, 'utf-16le'],
    [0xfe, 0xff, 'utf-16be'],
  ].find(([first, second]) => input[0] === first && input[1] === second)?.[2]
  const name = typeof encoding === 'string' ? encoding : 'utf-8'
  try {
    return new TextDecoder(name, { fatal: true }).decode(input)
  } catch (cause) {
    const before = new TextDecoder(name).decode(input).split('\ufffd')[0] ?? ''
    const error = unreadable(
      before.split(/\r\n|\n|\r/u).length,
      `its characters are not ${name.toUpperCase()}`,
    )
    throw new CutroomError(error.code, error.message, {
      cause,
      details: error.details,
      remedy: 'Save the captions as UTF-8.',
    })
  }
}

interface Block {
  /** Number of the line with the times, from 1. */
  readonly line: number
  readonly start: number
  readonly end: number
  readonly body: string[]
}

const TIMING = new RegExp(`^\\s*(${TIME.source})\\s*-{1,2}\\s?>\\s*(${TIME.source})(?:\\s.*)?$`, 'u')
/** A line that was meant to be one of times. */
const BROKEN_TIMING = /^\s*\d[^\p{L}]*(?:\p{L}{1,4}[^\p{L}]*)?-->/u
const NUMBER = /^\s*\d{1,9}\s*$/u

/** Each line of times with the lines that belong to it. */
function findBlocks(lines: readonly string[], format: CaptionFormat): Block[] {
  const blocks: Block[] = []
  for (const [index, text] of lines.entries()) {
    const line = index + 1
    const times = TIMING.exec(text)
    const open = blocks.at(-1)
    if (times?.[1] === undefined || times[2] === undefined) {
      if (BROKEN_TIMING.test(text))
        throw unreadable(line, 'the times are not written as 00:00:01,000 --> 00:00:02,500')
      open?.body.push(text)
      continue
    }
    if (open !== undefined) endBody(open.body, blocks.length, format)
    blocks.push({ line, ...readTimes(line, times[1], times[2]), body: [] })
    if (blocks.length > MAX_CUES)
      throw unreadable(line, `it has more than ${MAX_CUES} cues`, { limit: MAX_CUES })
  }
  const last = blocks.at(-1)
  if (last !== undefined && format === 'vtt') cutAtBlank(last.body)
  return blocks
}

function endBody(body: string[], cuesSoFar: number, format: CaptionFormat): void {
  if (format === 'srt' || !cutAtBlank(body)) dropNumber(body, cuesSoFar)
}

/** In WebVTT a blank line ends a cue; what stands between it and the next times is a name or a comment. */
function cutAtBlank(body: string[]): boolean {
  const blank = body.indexOf('')
  if (blank >= 0) body.splice(blank)
  return blank >= 0
}

function readTimes(line: number, from: string, to: string): { start: number; end: number } {
  const start = parseTime(from)
  const end = parseTime(to)
  if (start === null || end === null) throw unreadable(line, 'minutes and seconds go up to 59')
  if (end <= start) throw unreadable(line, 'the cue ends before it begins, or has no length', { start, end })
  return { start, end }
}

/** Takes off the number of the next cue, which is the last line, unless that is all that this cue has to show. */
function dropNumber(body: string[], cuesSoFar: number): void {
  const last = body.findLastIndex((line) => line.trim() !== '')
  const line = body[last] ?? ''
  if (!NUMBER.test(line)) return
  const isExpected = Number(line) === cuesSoFar + 1
  const isAlone = body.slice(0, last).every((other) => other.trim() === '')
  const isAdjacent = last === body.length - 1
  const followsBlank = body[last - 1]?.trim() === ''
  if (isAdjacent ? isExpected || !isAlone || followsBlank : isExpected && !isAlone && followsBlank)
    body.splice(last)
}

function toCue(block: Block, format: CaptionFormat): Cue {
  const body = block.body.join('\n')
  if (body.length > MAX_BODY) {
    throw unreadable(block.line, `the cue has more than ${MAX_BODY} characters`, {
      limit: MAX_BODY,
      value: body.length,
    })
  }
  return readMarkup(body, format, block.start, block.end)
}
