import { graphemes } from '@cutroom/contracts'
import { embeddingLevels, visualOrder } from './bidi.ts'
import { type Extent, type FontFamily, familyRuns, measure } from './fonts.ts'
import { LINE_PITCH, margins, type Room, WORD_SPACE } from './geometry.ts'
import type { Phrase, Token } from './phrases.ts'
import type { CaptionDrawing } from './styles.ts'

/** A run of one word in one font and one direction, where it stands in the frame; pixels. */
export interface Piece {
  readonly text: string
  readonly family: FontFamily
  /** The direction mark that keeps it in its direction, or nothing where the whole line reads from left to right. */
  readonly mark: '' | '\u200e' | '\u200f'
  readonly token: Token
  readonly left: number
  readonly width: number
  readonly baseline: number
}

/** A rectangle behind a line of text; pixels. */
export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface PlacedPhrase {
  readonly phrase: Phrase
  readonly pieces: readonly Piece[]
  readonly boxes: readonly Box[]
}

/** Ink of ordinary letters above and below the baseline, fraction of the em; taller marks are measured. */
const ASCENT = 0.74
const DESCENT = 0.22
/** Capitals with an accent, which move the first line at the top no more than other letters do. */
const TALLEST = 0.92

/**
 * Where each word of a phrase stands: centred lines at the bottom, in the middle or at the top of the room. At the bottom the last
 * baseline is the same for every phrase, at the top the first one, so that captions do not jump; only marks that hang very low or stand very
 * tall move it.
 */
export function placePhrase(
  phrase: Phrase,
  room: Room,
  style: CaptionDrawing,
  preferred: FontFamily,
): PlacedPhrase {
  const em = room.em * phrase.scale
  const lines = phrase.lines.map((tokens) => layoutLine(tokens, phrase.rightToLeft, preferred))
  const firstBaseline = firstBaselineOf(lines, em, room, style)
  const baselineOf = (index: number) => firstBaseline + index * LINE_PITCH * em
  const pieces = lines.flatMap((line, index) => {
    const left = room.centreX - (line.width * em) / 2
    return line.pieces.map(({ x, width, ...piece }) => ({
      ...piece,
      left: left + x * em,
      width: width * em,
      baseline: baselineOf(index),
    }))
  })
  return { phrase, pieces, boxes: boxesOf(lines, em, room.centreX, baselineOf, style) }
}

function firstBaselineOf(lines: readonly Line[], em: number, room: Room, style: CaptionDrawing): number {
  const between = (lines.length - 1) * LINE_PITCH * em
  const margin = margins(style).y * room.em
  switch (style.place) {
    case 'bottom':
      return room.bottom - margin - Math.max(DESCENT, lines.at(-1)?.inkBottom ?? 0) * em - between
    case 'middle':
      return (room.top + room.bottom + (ASCENT - DESCENT) * em - between) / 2
    case 'top':
      return room.top + margin + Math.max(TALLEST, lines[0]?.inkTop ?? 0) * em
  }
}

interface Line {
  /** Ems. */
  readonly width: number
  readonly inkTop: number
  readonly inkBottom: number
  readonly pieces: readonly (Omit<Piece, 'left' | 'baseline'> & { x: number })[]
}

interface Run {
  text: string
  readonly family: FontFamily
  readonly level: number
  /** `null` for the space between two words. */
  readonly token: Token | null
}

function layoutLine(tokens: readonly Token[], rightToLeft: boolean, preferred: FontFamily): Line {
  const runs = runsOf(tokens, rightToLeft, preferred)
  const hasRightToLeft = runs.some((run) => run.level % 2 === 1)
  let x = 0
  let ink: Pick<Extent, 'inkTop' | 'inkBottom'> = { inkTop: 0, inkBottom: 0 }
  const pieces: Line['pieces'][number][] = []
  for (const { text, family, level, token } of visualOrder(runs)) {
    const isRightToLeft = level % 2 === 1
    if (token === null) {
      x += WORD_SPACE
      continue
    }
    const extent = measure(text, family, isRightToLeft)
    const mark = !hasRightToLeft ? '' : isRightToLeft ? '\u200f' : '\u200e'
    pieces.push({ text, family, mark, token, x, width: extent.width })
    ink = {
      inkTop: Math.max(ink.inkTop, extent.inkTop),
      inkBottom: Math.max(ink.inkBottom, extent.inkBottom),
    }
    x += extent.width
  }
  return { width: x, ...ink, pieces }
}

/** A line in reading order, parted wherever the word, the font or the direction changes. */
function runsOf(tokens: readonly Token[], rightToLeft: boolean, preferred: FontFamily): Run[] {
  const line = tokens.map((token, index) => (index > 0 && !token.glued ? ' ' : '') + token.text).join('')
  const levels = embeddingLevels(line, rightToLeft)
  const runs: Run[] = []
  let at = 0
  const add = (grapheme: string, family: FontFamily, owner: Token) => {
    const level = levels[at] ?? 0
    const token = grapheme.trim() === '' ? null : owner
    const last = runs.at(-1)
    if (last !== undefined && last.token === token && last.family === family && last.level === level) {
      last.text += grapheme
    } else {
      runs.push({ text: grapheme, family, level, token })
    }
    at += grapheme.length
  }
  for (const [index, token] of tokens.entries()) {
    if (index > 0 && !token.glued) add(' ', preferred, token)
    for (const { text, family } of familyRuns(token.text, preferred)) {
      for (const grapheme of graphemes(text)) add(grapheme, family, token)
    }
  }
  return runs
}

function boxesOf(
  lines: readonly Line[],
  em: number,
  centreX: number,
  baselineOf: (index: number) => number,
  { box }: CaptionDrawing,
): Box[] {
  if (box === null) return []
  const widest = Math.max(...lines.map((line) => line.width))
  return lines.map((line, index) => {
    // Steps smaller than the corners look like a slip.
    const width = widest - line.width < 3 * box.radius ? widest : line.width
    const half = (width / 2 + box.paddingX) * em
    const above = (Math.max(ASCENT, line.inkTop) + box.paddingY) * em
    const below = (Math.max(DESCENT, line.inkBottom) + box.paddingY) * em
    // Whole pixels make crisp edges.
    return {
      left: Math.ceil(centreX - half),
      right: Math.floor(centreX + half),
      top: Math.ceil(baselineOf(index) - above),
      bottom: Math.floor(baselineOf(index) + below),
    }
  })
}
