import type { Cue } from '../editor/content.ts'

export type Word = Cue['words'][number]

/** A word of a cue, when it is spoken, and where it stands in the text of the cue. */
export interface PlacedWord extends Word {
  readonly from: number
  readonly to: number
}

/**
 * The words of a cue in reading order. Those that nobody timed, or whose times do not belong to the text, share the cue's time by their
 * length, as they do in a render.
 */
export function wordsOf(cue: Cue): PlacedWord[] {
  return (cue.words.length > 0 ? placed(cue.text, cue.words) : null) ?? spread(cue)
}

/** Finds each word in the text; `null` where one is not there, or where text would be left over. */
function placed(text: string, words: readonly Word[]): PlacedWord[] | null {
  let cursor = 0
  const found: PlacedWord[] = []
  for (const word of words) {
    const from = text.indexOf(word.text, cursor)
    if (from < 0 || text.slice(cursor, from).trim() !== '') return null
    cursor = from + word.text.length
    found.push({ ...word, from, to: cursor })
  }
  return text.slice(cursor).trim() === '' ? found : null
}

function spread({ text, start, end }: Cue): PlacedWord[] {
  const pieces = Array.from(text.matchAll(/\S+/gu), (match) => ({ text: match[0], from: match.index }))
  const letters = pieces.reduce((sum, piece) => sum + piece.text.length, 0)
  let before = 0
  const time = () => start + ((end - start) * before) / letters
  return pieces.map((piece) => {
    const begin = time()
    before += piece.text.length
    return { ...piece, to: piece.from + piece.text.length, start: begin, end: time() }
  })
}

/** Words that share the time of one, by their length. */
export function sharing({ start, end }: Pick<Word, 'start' | 'end'>, texts: readonly string[]): Word[] {
  return spread({ start, end, text: texts.join(' '), words: [] }).map(({ text, start, end }) => ({
    text,
    start,
    end,
  }))
}

/** Index of the word that is said at a second of the clip: it stays until the next one begins. -1 before the first. */
export const wordAt = (words: readonly Word[], seconds: number): number =>
  words.findLastIndex(({ start }) => start <= seconds)

/** Index of the cue that is shown at a second of the clip; -1 for none. */
export const cueAt = (cues: readonly Cue[], seconds: number): number =>
  cues.findIndex(({ start, end }) => start <= seconds && seconds < end)
