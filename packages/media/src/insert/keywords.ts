import { type Cue, placeWords } from '@cutroom/contracts'

/** Where a cue says a keyword: seconds of the clip, from the keyword's first word to the end of the cue. */
export interface Mention {
  readonly start: number
  readonly end: number
  /** Index of the keyword in the list that was looked for. */
  readonly keyword: number
}

/** A part of a word as it is compared, and when it is spoken. */
interface Token {
  readonly text: string
  readonly start: number
}

/** Words shorter than this have no plural: `a` is not one `as`. */
const SHORTEST_WITH_PLURAL = 3

/** Every place where the cues say one of the keywords, in order of time. Case, accents, punctuation and a plural's ending make no difference. */
export function mentionsOf(cues: readonly Cue[], keywords: readonly string[]): Mention[] {
  const wanted = keywords.map((keyword) => partsOf(keyword))
  return cues
    .flatMap((cue) => {
      const tokens = tokensOf(cue)
      return wanted.flatMap((parts, keyword) =>
        tokens
          .filter((_, at) => saysAt(tokens, at, parts))
          .map(({ start }) => ({ start, end: cue.end, keyword })),
      )
    })
    .toSorted((a, b) => a.start - b.start || a.keyword - b.keyword)
}

const tokensOf = (cue: Cue): Token[] =>
  (cue.words.length > 0 ? cue.words : placeWords(cue.text, cue.start, cue.end)).flatMap(({ text, start }) =>
    partsOf(text).map((part) => ({ text: part, start })),
  )

/** The letters and digits of a text, word by word: `L’Été,` gives `l` and `ete`. Marks that are more than accents stay. */
const partsOf = (text: string): string[] =>
  placeWords(text, 0, 0).flatMap(
    (word) =>
      word.text
        .normalize('NFKD')
        .replace(/[\u0300-\u036f]/gu, '')
        .toLowerCase()
        .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [],
  )

const saysAt = (tokens: readonly Token[], at: number, parts: readonly string[]): boolean =>
  parts.length > 0 && parts.every((part, i) => sameWord(part, tokens[at + i]?.text ?? ''))

const sameWord = (a: string, b: string): boolean => a === b || isPlural(a, b) || isPlural(b, a)

function isPlural(plural: string, word: string): boolean {
  if (word.length < SHORTEST_WITH_PLURAL || plural.length <= word.length) return false
  return (
    plural === `${word}s` ||
    plural === `${word}es` ||
    (word.endsWith('y') && plural === `${word.slice(0, -1)}ies`)
  )
}
