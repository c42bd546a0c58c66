import { type Cue, graphemes, plainText, type Word, wordsOf } from '@cutroom/contracts'
import { isRightToLeft } from './bidi.ts'

/** A word of a phrase, or a part of a word that is too long for a line. */
export interface Token extends Word {
  /** It follows the one before it without a space. */
  readonly glued: boolean
}

/** Words shown together, in at most two lines. */
export interface Phrase {
  readonly start: number
  readonly end: number
  readonly lines: readonly (readonly Token[])[]
  readonly rightToLeft: boolean
  /** 1, or less where a very long word forces smaller letters. */
  readonly scale: number
}

/** Width of text at full size, in the unit of `lineWidth`. */
export type Measure = (text: string) => number

interface Sized extends Token {
  readonly width: number
  /** Number of the line that it has in its cue. */
  readonly line: number
}

/** Letters get no smaller than this before a word is broken. */
const SMALLEST_SCALE = 0.7
/** A pause between words that a reader notices, and how long a phrase stays after its last word; seconds. */
const PAUSE = 0.5
const LINGER = 0.3

/**
 * Cues regrouped into phrases of at most two lines. A cue whose own lines fit stays as it is; a longer one is split at
 * the ends of sentences and clauses, at pauses, else evenly. Words that nobody timed are placed by their length.
 */
export function layoutCues(
  cues: readonly Cue[],
  lineWidth: number,
  space: number,
  measure: Measure,
): Phrase[] {
  return cues.flatMap((cue) => {
    const text = plainText(cue.text)
    const tokens = tokenise(cue, text).flatMap((token) => breakUp(token, lineWidth, measure))
    const groups = ownLines(tokens, lineWidth, space) ?? group(tokens, lineWidth, space)
    return groups.map((lines, index) => {
      const first = lines[0]?.[0]
      const last = lines.at(-1)?.at(-1)
      const next = groups[index + 1]?.[0]?.[0]?.start ?? cue.end
      const lingering = last !== undefined && next - last.end > PAUSE ? last.end + LINGER : next
      return {
        start: index === 0 ? cue.start : (first?.start ?? cue.start),
        end: index === groups.length - 1 ? cue.end : lingering,
        lines,
        rightToLeft: isRightToLeft(text),
        scale: Math.min(1, lineWidth / Math.max(...lines.map((line) => widthOf(line, space)))),
      }
    })
  })
}

function tokenise(cue: Cue, text: string): (Token & { line: number })[] {
  let cursor = 0
  let line = 0
  let now = cue.start
  return wordsOf(cue).map((word, index) => {
    const between = text.slice(cursor, word.from)
    if (between.includes('\n')) line += 1
    cursor = word.to
    const start = Math.min(Math.max(word.start, now), cue.end)
    const end = Math.min(Math.max(word.end, start), cue.end)
    now = start
    return { text: word.text, start, end, glued: index > 0 && between === '', line }
  })
}

/** Parts of a word that would not fit into a line even with the smallest letters; else the word itself. */
function breakUp(token: Token & { line: number }, lineWidth: number, measure: Measure): Sized[] {
  const width = measure(token.text)
  if (width * SMALLEST_SCALE <= lineWidth) return [{ ...token, width }]
  const letters = graphemes(token.text)
  const parts: { text: string; width: number }[] = []
  for (const letter of letters) {
    const last = parts.at(-1)
    const grown = (last?.text ?? '') + letter
    const grownWidth = measure(grown)
    if (last !== undefined && grownWidth <= lineWidth)
      parts[parts.length - 1] = { text: grown, width: grownWidth }
    else parts.push({ text: letter, width: measure(letter) })
  }
  let done = 0
  return parts.map((part, index) => {
    const at = (count: number) => token.start + ((token.end - token.start) * count) / letters.length
    const start = at(done)
    done += graphemes(part.text).length
    return { ...token, ...part, start, end: at(done), glued: index > 0 || token.glued }
  })
}

function widthOf(line: readonly Sized[], space: number): number {
  return line.reduce((sum, token, index) => sum + token.width + (index > 0 && !token.glued ? space : 0), 0)
}

/** The lines that the cue's author made, where there are at most two and they fit. */
function ownLines(tokens: readonly Sized[], lineWidth: number, space: number): Sized[][][] | null {
  const lines = Map.groupBy(tokens, (token) => token.line)
  const own = Array.from(lines.values())
  return own.length === 2 && own.every((line) => widthOf(line, space) <= lineWidth) ? [own] : null
}

const SENTENCE_END = /[.!?…。！？؟۔।]["'»”’)\]]*$/u
const CLAUSE_END = /[,;:–—،؛、，；：]["'»”’)\]]*$/u

/** How bad it is to part two words; 0 where the author ended a sentence. */
function breakCost(before: Sized, after: Sized): number {
  if (after.glued) return 0.6
  if (SENTENCE_END.test(before.text) || after.start - before.end > PAUSE) return 0
  return CLAUSE_END.test(before.text) ? 0.15 : 0.4
}

/** The cheapest way to part a cue into phrases, found from its end towards its start. */
function group(tokens: readonly Sized[], lineWidth: number, space: number): Sized[][][] {
  interface Best {
    readonly cost: number
    readonly groups: Sized[][][]
  }
  const best: Best[] = []
  best[tokens.length] = { cost: 0, groups: [] }
  for (let from = tokens.length - 1; from >= 0; from -= 1) {
    for (let to = from + 1; to <= tokens.length; to += 1) {
      const part = tokens.slice(from, to)
      const lines = linesOf(part, lineWidth, space)
      if (lines === null) break
      const rest = best[to]
      if (rest === undefined) continue
      const isWhole = part.length === tokens.length
      const cost = rest.cost + (isWhole ? 0 : phraseCost(part, tokens[to], lineWidth, space))
      if (cost < (best[from]?.cost ?? Number.POSITIVE_INFINITY)) {
        best[from] = { cost, groups: [lines, ...rest.groups] }
      }
    }
  }
  return best[0]?.groups ?? []
}

function phraseCost(
  part: readonly Sized[],
  next: Sized | undefined,
  lineWidth: number,
  space: number,
): number {
  const empty = 1 - Math.min(1, widthOf(part, space) / (2 * lineWidth))
  const last = part.at(-1)
  const end = last === undefined || next === undefined ? 0 : breakCost(last, next)
  const bridged = part.filter((token, index) => {
    const after = part[index + 1]
    return after !== undefined && breakCost(token, after) === 0
  }).length
  return 0.5 + empty ** 2 + end + 0.6 * bridged + (part.length === 1 ? 0.4 : 0)
}

/** One line, or two of like width, or `null` where two are not enough. A single wide word may stick out. */
function linesOf(tokens: readonly Sized[], lineWidth: number, space: number): Sized[][] | null {
  const limit = Math.max(lineWidth, ...tokens.map((token) => token.width))
  if (widthOf(tokens, space) <= limit) return [[...tokens]]
  let best: { cost: number; lines: Sized[][] } | null = null
  for (let at = 1; at < tokens.length; at += 1) {
    const lines = [tokens.slice(0, at), tokens.slice(at)]
    const widest = Math.max(...lines.map((line) => widthOf(line, space)))
    const [before, after] = [tokens[at - 1], tokens[at]]
    if (widest > limit || before === undefined || after === undefined) continue
    const cost = widest / lineWidth + 0.3 * breakCost(before, after)
    if (best === null || cost < best.cost) best = { cost, lines }
  }
  return best?.lines ?? null
}
