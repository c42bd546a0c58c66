import { graphemes, wordSpans } from '@cutroom/contracts'
import { isSpoken, spokenText } from './text.ts'

/** How long the silence after a phrase is; see `PAUSE_SECONDS` in `voiceover.ts`. `none` is a joint inside a clause. */
export type Pause = 'none' | 'clause' | 'sentence' | 'paragraph'

/** What is asked of a voice at once: a clause, as a rule from one punctuation mark to the next. */
export interface Phrase {
  /** As written, with its punctuation; what captions show. */
  readonly text: string
  /** As said: without emoji. Never empty. */
  readonly spoken: string
  /** The pause that follows. */
  readonly pause: Pause
}

/** A lone word is joined to its neighbour where both fit one caption line of this many characters. */
const CAPTION_LINE = 42
/** Text without punctuation is said in one breath up to this many characters, about eight seconds. */
const LONGEST_PHRASE = 120
/** A line at least this long whose successor starts in lower case was wrapped by an editor, not ended by the author. */
const WRAPPED_LINE = 40

const CLOSERS = '["\'”’»›」』）)\\]]*'
/** Where a phrase may end. Wide and right-to-left marks need no space after them; Latin ones do ("3.5", "10:30", "a.b"). */
const BREAK = new RegExp(
  [
    `(?<wideSentence>[。！？｡؟۔।॥]+${CLOSERS})`,
    `(?<sentence>[.!?…։።]+${CLOSERS})(?=\\s|$)`,
    `(?<wideClause>[、，；：،؛]+${CLOSERS})`,
    `(?<clause>[,;:፣]+${CLOSERS}|\\s[-–—]+)(?=\\s|$)`,
    '(?<dash>—)(?=\\S)',
  ].join('|'),
  'gu',
)

/** Words whose full stop does not end a sentence. Those of one letter, or with stops inside, need no entry. */
const ABBREVIATIONS = new Set(
  `mr mrs ms dr prof st sr jr vs vol approx dept capt sgt lt
   bzw nr str evtl inkl hr
   dl dna dnei dvs
   mme mlle mm
   sra srta ud uds dra
   sig dott avv pag`.split(/\s+/),
)
/** Languages that write ordinals with a full stop ("3. Mai"). */
const STOP_ORDINALS = new Set('cs da de et fi hr hu is lb lt lv nb nn no pl sk sl sr tr'.split(' '))

/**
 * The phrases of a normalised script in order: no word is lost, repeated or moved. `language` is a BCP 47 tag;
 * `longest` is the provider's limit of characters for one request.
 */
export function splitPhrases(script: string, language: string, longest: number): Phrase[] {
  const limit = Math.min(longest, LONGEST_PHRASE)
  const phrases = script.split(/\n\s*\n/u).flatMap((paragraph) => {
    const clauses = lines(paragraph).flatMap((line) => joinLoneWords(clausesOf(line, language)))
    const last = clauses.pop()
    return last === undefined ? [] : [...clauses, { ...last, pause: 'paragraph' as const }]
  })
  return attachUnspoken(phrases).flatMap((clause) => splitLong(clause, limit))
}

interface Clause {
  readonly text: string
  readonly pause: Pause
}

function lines(paragraph: string): string[] {
  const result: string[] = []
  for (const raw of paragraph.split('\n')) {
    const line = raw.replace(/\s+/gu, ' ').trim()
    const before = result.at(-1)
    const wrapped = before !== undefined && before.length >= WRAPPED_LINE && /^\p{Ll}/u.test(line)
    if (wrapped) result[result.length - 1] = `${before} ${line}`
    else if (line !== '') result.push(line)
  }
  return result
}

function clausesOf(line: string, language: string): Clause[] {
  const clauses: Clause[] = []
  let from = 0
  for (const match of line.matchAll(BREAK)) {
    const end = match.index + match[0].length
    const pause = pauseAt(line, match, language)
    if (pause === 'none') continue
    clauses.push({ text: line.slice(from, end).trim(), pause })
    from = end
  }
  clauses.push({ text: line.slice(from).trim(), pause: 'sentence' })
  return clauses.filter((clause) => clause.text !== '')
}

function pauseAt(line: string, match: RegExpExecArray, language: string): Pause {
  if (match.groups?.wideSentence !== undefined) return 'sentence'
  const marks = match.groups?.sentence
  if (marks === undefined) return 'clause'
  if (marks === '.') return isAbbreviation(line.slice(0, match.index), language) ? 'none' : 'sentence'
  // “Wow!” she said; wait… what?
  return /^\s+\p{Ll}/u.test(line.slice(match.index + marks.length)) ? 'clause' : 'sentence'
}

/** Whether the full stop after `before` belongs to its last word. */
function isAbbreviation(before: string, language: string): boolean {
  const word = /[^\s("'“‘„«]+$/u.exec(before)?.[0] ?? ''
  if (/^\p{N}{1,2}$/u.test(word)) {
    const startsLine = word === before
    return startsLine || STOP_ORDINALS.has(language.split('-')[0] ?? '')
  }
  if (word === 'I') return false
  return ABBREVIATIONS.has(word.toLowerCase()) || /^\p{L}(?:\.\p{L}+)*$/u.test(word)
}

/** A clause of one word is said with the one after it, else with the one before, if the two fit a caption line. */
function joinLoneWords(clauses: readonly Clause[]): Clause[] {
  const forwards = joinWhere(clauses, (before) => isLone(before.text))
  return joinWhere(forwards, (_, after) => isLone(after.text))
}

const isLone = (text: string): boolean => wordSpans(text).length < 2

function joinWhere(clauses: readonly Clause[], wanted: (before: Clause, after: Clause) => boolean): Clause[] {
  const joined: Clause[] = []
  for (const clause of clauses) {
    const before = joined.at(-1)
    const fits = before?.pause === 'clause' && before.text.length + 1 + clause.text.length <= CAPTION_LINE
    if (fits && wanted(before, clause)) {
      joined[joined.length - 1] = { text: joinTexts(before.text, clause.text), pause: clause.pause }
    } else {
      joined.push(clause)
    }
  }
  return joined
}

/** What cannot be said (emoji, a row of dashes) is shown with the phrase before it, or with the first. */
function attachUnspoken(clauses: readonly Clause[]): Clause[] {
  const result: Clause[] = []
  let opening = ''
  for (const clause of clauses) {
    const before = result.at(-1)
    if (isSpoken(clause.text)) {
      result.push({ ...clause, text: joinTexts(opening, clause.text) })
      opening = ''
    } else if (before === undefined) {
      opening = joinTexts(opening, clause.text)
    } else {
      result[result.length - 1] = { text: joinTexts(before.text, clause.text), pause: clause.pause }
    }
  }
  return result
}

/** Wide punctuation carries its own space. */
const joinTexts = (a: string, b: string): string =>
  a === '' ? b : /[\u3000-\u303F\uFF00-\uFFEF—]$/u.test(a) ? a + b : `${a} ${b}`

/** Halves what is too long at the word boundary nearest to the middle, until it fits. */
function splitLong(clause: Clause, limit: number): Phrase[] {
  const { text, pause } = clause
  const spoken = spokenText(text)
  const middle = text.length / 2
  const at = boundaries(text)
    .filter((cut) => spoken.length > limit && isSpoken(text.slice(0, cut)) && isSpoken(text.slice(cut)))
    .reduce((best, cut) => (Math.abs(cut - middle) < Math.abs(best - middle) ? cut : best), 0)
  if (at === 0) return [{ text, spoken, pause }]
  return [
    ...splitLong({ text: text.slice(0, at).trim(), pause: 'none' }, limit),
    ...splitLong({ text: text.slice(at).trim(), pause }, limit),
  ]
}

/** Where a text may be parted: between words; inside a single endless word, between characters. */
function boundaries(text: string): number[] {
  const words = wordSpans(text)
    .slice(1)
    .map((word) => word.from)
  if (words.length > 0) return words
  let at = 0
  return graphemes(text).map((grapheme) => {
    at += grapheme.length
    return at
  })
}
