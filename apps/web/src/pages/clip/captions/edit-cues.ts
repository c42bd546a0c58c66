import { type PlacedWord, placeWords, plainText, wordsOf } from '@cutroom/contracts/words'
import type { Cue } from '../editor/content.ts'
import { clamp, micros, millis } from '../numbers.ts'

/** Changes of a list of cues. Each gives a new list, and the same one where nothing comes of it. Seconds of the clip. */
type Cues = readonly Cue[]
type Word = Cue['words'][number]

/** A cue that is shorter could not be read. */
export const SHORTEST_CUE = 0.1
/** A word that is shorter would never be seen lit. */
const SHORTEST_WORD = 0.02
/** How long a new cue is, where there is room. */
const NEW_CUE = 1.5

const bare = ({ text, start, end }: Word): Word => ({ text, start, end })

/** Writes something else, with these words, in the place of some words of a cue; `null` where nothing of the cue is left. */
function withWords(
  cue: Cue,
  first: number,
  count: number,
  written: string,
  others: readonly Word[],
): Cue | null {
  const words = wordsOf(cue)
  const [from, to] = [words[first], words[first + count - 1]]
  if (from === undefined || to === undefined) return cue
  const next = [...words.slice(0, first), ...others, ...words.slice(first + count)].map(bare)
  if (next.length === 0) return null
  const text = plainText(cue.text)
  // What parted words that are gone would part nothing any more: spaces and lines are tidied.
  return { ...cue, text: plainText(text.slice(0, from.from) + written + text.slice(to.to)), words: next }
}

const replaced = (cues: Cues, at: number, ...by: readonly (Cue | null)[]): Cues =>
  cues.toSpliced(at, 1, ...by.filter((cue) => cue !== null))

/** Corrects a word. Several words share its time; none leaves it out. */
export function setWord(cues: Cues, at: number, index: number, text: string): Cues {
  const cue = cues[at]
  const word = cue && wordsOf(cue)[index]
  const written = plainText(text)
  if (cue === undefined || word === undefined || written === word.text) return cues
  return replaced(cues, at, withWords(cue, index, 1, written, placeWords(written, word.start, word.end)))
}

/** Makes one word of a word and the one before it. */
export function joinWords(cues: Cues, at: number, index: number): Cues {
  const cue = cues[at]
  const words = cue === undefined ? [] : wordsOf(cue)
  const [left, right] = [words[index - 1], words[index]]
  if (cue === undefined || left === undefined || right === undefined) return cues
  const joined = { text: left.text + right.text, start: left.start, end: right.end }
  return replaced(cues, at, withWords(cue, index - 1, 2, joined.text, [joined]))
}

/** Parts a cue before one of its words. */
export function splitCue(cues: Cues, at: number, index: number): Cues {
  const cue = cues[at]
  const words = cue === undefined ? [] : wordsOf(cue)
  const [left, right] = [words[index - 1], words[index]]
  if (cue === undefined || left === undefined || right === undefined) return cues
  const time = Math.min(Math.max(right.start, cue.start + SHORTEST_CUE), cue.end - SHORTEST_CUE)
  if (time <= cue.start) return cues
  const text = plainText(cue.text)
  const part = (start: number, end: number, some: readonly PlacedWord[]): Cue => ({
    start,
    end,
    text: text.slice(some[0]?.from, some.at(-1)?.to),
    words: inside(some, start, end),
  })
  return replaced(
    cues,
    at,
    part(cue.start, time, words.slice(0, index)),
    part(time, cue.end, words.slice(index)),
  )
}

/** Makes one cue of a cue and the next one. */
export function joinCues(cues: Cues, at: number): Cues {
  const [first, second] = [cues[at], cues[at + 1]]
  if (first === undefined || second === undefined) return cues
  const joined: Cue = {
    start: first.start,
    end: second.end,
    text: `${first.text} ${second.text}`,
    words: [...wordsOf(first), ...wordsOf(second)].map(bare),
  }
  return cues.toSpliced(at, 2, joined)
}

/** Moves the start or the end of a cue, as far as its neighbours and its length allow. Its words share what it lasts then as they did before. */
export function setEdge(
  cues: Cues,
  at: number,
  edge: 'start' | 'end',
  seconds: number,
  length: number,
): Cues {
  const cue = cues[at]
  if (cue === undefined || !Number.isFinite(seconds)) return cues
  const [low, high] =
    edge === 'start'
      ? [cues[at - 1]?.end ?? 0, cue.end - SHORTEST_CUE]
      : [cue.start + SHORTEST_CUE, cues[at + 1]?.start ?? Math.max(length, cue.end)]
  const time = millis(clamp(seconds, low, high))
  if (time === cue[edge]) return cues
  const moved = { ...cue, [edge]: time }
  return replaced(cues, at, { ...moved, words: laidOver(cue, moved.start, moved.end) })
}

/** Moves a cue with its words so that it starts at a time, as far as its neighbours allow; it lasts as long as before. */
export function shiftCue(cues: Cues, at: number, start: number, length: number): Cues {
  const cue = cues[at]
  if (cue === undefined || !Number.isFinite(start)) return cues
  const lasts = cue.end - cue.start
  const latest = (cues[at + 1]?.start ?? Math.max(length, cue.end)) - lasts
  const from = millis(clamp(start, cues[at - 1]?.end ?? 0, latest))
  if (from === cue.start) return cues
  const until = micros(from + lasts)
  return replaced(cues, at, { ...cue, start: from, end: until, words: laidOver(cue, from, until) })
}

/**
 * Moves the start or the end of a word, as far as its neighbours, its cue and its length allow. A moment at which one word ends and the next
 * begins is moved for both.
 */
export function setWordEdge(
  cues: Cues,
  at: number,
  index: number,
  edge: 'start' | 'end',
  seconds: number,
): Cues {
  const cue = cues[at]
  const words = cue === undefined ? [] : wordsOf(cue).map(bare)
  const word = words[index]
  if (cue === undefined || word === undefined || !Number.isFinite(seconds)) return cues
  const beside = words[edge === 'start' ? index - 1 : index + 1]
  const isShared = beside !== undefined && Math.abs(beside[other(edge)] - word[edge]) < SAME_MOMENT
  const [low, high] =
    edge === 'start'
      ? [isShared ? beside.start + SHORTEST_WORD : (beside?.end ?? cue.start), word.end - SHORTEST_WORD]
      : [word.start + SHORTEST_WORD, isShared ? beside.end - SHORTEST_WORD : (beside?.start ?? cue.end)]
  const time = millis(clamp(seconds, low, high))
  if (low > high || time === word[edge]) return cues
  const next = words.map((one) => {
    if (one === word) return { ...one, [edge]: time }
    return one === beside && isShared ? { ...one, [other(edge)]: time } : one
  })
  return replaced(cues, at, { ...cue, words: next })
}

const other = (edge: 'start' | 'end'): 'start' | 'end' => (edge === 'start' ? 'end' : 'start')
/** Times that are nearer than this are the same, whatever was rounded. */
const SAME_MOMENT = 1e-4

/** The words of a cue as they are spoken where it lasts from `start` to `end` instead: each has the share of it that it had before. */
function laidOver(cue: Cue, start: number, end: number): Word[] {
  const scale = (end - start) / (cue.end - cue.start)
  const placed = (seconds: number) => micros(start + (clamp(seconds, cue.start, cue.end) - cue.start) * scale)
  return cue.words.map((word) => ({ text: word.text, start: placed(word.start), end: placed(word.end) }))
}

/** Words with times that lie in a range. */
const inside = (words: readonly Word[], start: number, end: number): Word[] =>
  words.map((word) => ({
    text: word.text,
    start: clamp(word.start, start, end),
    end: clamp(word.end, start, end),
  }))

/** Adds a cue at a second of the clip, or where there is room after it; `null` where there is none. Tells where it is. */
export function addCue(
  cues: Cues,
  seconds: number,
  length: number,
  text: string,
): { readonly cues: Cues; readonly at: number } | null {
  let at = cues.findIndex(({ end }) => end > seconds)
  if (at < 0) at = cues.length
  for (; at <= cues.length; at++) {
    const start = Math.max(seconds, cues[at - 1]?.end ?? 0)
    const until = cues[at]?.start ?? length
    if (until - start < 2 * SHORTEST_CUE) continue
    const end = Math.min(start + NEW_CUE, until)
    return { at, cues: cues.toSpliced(at, 0, { start, end, text, words: [] }) }
  }
  return null
}

export const deleteCue = (cues: Cues, at: number): Cues => cues.toSpliced(at, 1)
