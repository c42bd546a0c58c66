import { type Cue, CutroomError, wordSpans } from '@cutroom/contracts'
import { cheapestPath } from './cheapest-path.ts'
import type { Span } from './pcm.ts'
import { type Pause, type Phrase, splitPhrases } from './phrases.ts'
import { checkedScript } from './text.ts'
import { LEVEL_SECONDS, measureLevels, speechLevel, type Thresholds, voicedSpans } from './voiced.ts'
import { placeWordsInVoice } from './word-times.ts'

/** Most characters of a script that is laid over a recording; some ten minutes of speech. */
const LONGEST_SCRIPT = 10_000
/** Phrases of a recording are cut as fine as the captions want them; no provider limits them. */
const NO_LIMIT = Number.POSITIVE_INFINITY

/**
 * Variance of how long a phrase takes against how long it should by its length, seconds² per second: a phrase of
 * 2.5 s is 0.4 s off as a rule. Fitted by eye on readings of prose and verse.
 */
const LENGTH_VARIANCE = 0.06
/** What a boundary gains by lying in a pause of `FULL_PAUSE` seconds or more, by what the script has there. */
const PAUSE_GAIN: Readonly<Record<Pause, number>> = { none: 1, clause: 3, sentence: 4, paragraph: 5 }
const FULL_PAUSE = 0.5
/** What a boundary gains by lying in a dip of the voice that is `FULL_DIP` dB below its usual level. */
const DIP_GAIN = 0.8
const FULL_DIP = 25
/** Inside of voice, a boundary may lie at the softest instant of each tenth of a second. In levels. */
const DIP_STEP = 10
/** Sound shorter than this with silence around it is a click, not a word. Seconds. */
const CLICK_SECONDS = 0.05
const CLICK_SILENCE = 0.12
/** No phrase takes longer than so many times what it should by its length, and two seconds. */
const LONGEST_RATIO = 3
const LONGEST_EXTRA = 2

interface AlignRequest {
  readonly script: string
  /** BCP 47. */
  readonly language: string
  /** One channel, −1 to 1. */
  readonly pcm: Float32Array
  /** Hertz. */
  readonly sampleRate: number
}

/**
 * Cues for a recording of somebody who reads the script, one per phrase. The phrases share the voiced time by their
 * length, and their boundaries snap to pauses: of all ways to part the recording, the one that fits lengths and
 * pauses best (dynamic programming).
 * @throws CutroomError `script-empty`, `script-too-long`, `media-no-audio` where nobody speaks.
 */
export function alignScript({ script, language, pcm, sampleRate }: AlignRequest): Cue[] {
  const phrases = splitPhrases(checkedScript(script, LONGEST_SCRIPT), language, NO_LIMIT)
  const levels = measureLevels(pcm, sampleRate)
  const level = speechLevel(levels)
  const spans = level === null ? [] : withoutClicks(voicedSpans(levels, recordingThresholds(levels, level)))
  if (level === null || spans.length === 0) {
    throw new CutroomError(
      'media-no-audio',
      'The recording is silent, so the script cannot be laid over it.',
      {
        field: 'audio',
      },
    )
  }
  const places = possiblePlaces(spans, levels, level)
  const chosen = bestPlaces(phrases, places)
  if (chosen === null) {
    const seconds = (pcm.length / sampleRate).toFixed(1)
    throw new CutroomError(
      'script-too-long',
      `The script has ${phrases.length} phrases, which is more than a recording of ${seconds} s can hold.`,
      { field: 'script', remedy: 'Use the script of this recording.' },
    )
  }
  return phrases.map((phrase, i) => {
    const start = places[chosen[i] ?? 0]?.resumes ?? 0
    const end = places[chosen[i + 1] ?? 0]?.stops ?? 0
    const voice = spans
      .map((span) => ({ start: Math.max(start, span.start), end: Math.min(end, span.end) }))
      .filter((span) => span.end > span.start)
    return { start, end, text: phrase.text, words: placeWordsInVoice(phrase.text, voice) }
  })
}

function withoutClicks(spans: readonly Span[]): Span[] {
  return spans.filter(({ start, end }, i) => {
    const before = start - (spans[i - 1]?.end ?? Number.NEGATIVE_INFINITY)
    const after = (spans[i + 1]?.start ?? Number.POSITIVE_INFINITY) - end
    return end - start >= CLICK_SECONDS || Math.min(before, after) < CLICK_SILENCE
  })
}

/** Rooms and microphones hiss: voice must stand out of the softest twentieth of the recording. */
function recordingThresholds(levels: Float32Array, level: number): Thresholds {
  const noise = levels.toSorted()[Math.floor(levels.length / 20)] ?? level
  return {
    enter: Math.min(level - 8, Math.max(level - 26, noise + 12)),
    leave: Math.min(level - 14, Math.max(level - 42, noise + 6)),
  }
}

/** Where one phrase may stop and the next resume: a pause, a dip inside of a voiced stretch, or an end of it all. */
interface Place {
  /** Where the voice stops and resumes, seconds. */
  readonly stops: number
  readonly resumes: number
  /** Voiced seconds before it. */
  readonly voicedBefore: number
  /** 0 to 1: how long a pause, how deep a dip. */
  readonly pause: number
  readonly dip: number
}

function possiblePlaces(spans: readonly Span[], levels: Float32Array, level: number): Place[] {
  const places: Place[] = []
  let voicedBefore = 0
  let stops = spans[0]?.start ?? 0
  for (const span of spans) {
    const pause = Math.min(1, (span.start - stops) / FULL_PAUSE)
    places.push({ stops, resumes: span.start, voicedBefore, pause, dip: 1 })
    for (const { at, depth } of dips(span, levels, level)) {
      places.push({
        stops: at,
        resumes: at,
        voicedBefore: voicedBefore + at - span.start,
        pause: 0,
        dip: depth,
      })
    }
    voicedBefore += span.end - span.start
    stops = span.end
  }
  places.push({ stops, resumes: stops, voicedBefore, pause: 0, dip: 0 })
  return places
}

function dips(span: Span, levels: Float32Array, level: number): { at: number; depth: number }[] {
  const to = Math.round(span.end / LEVEL_SECONDS)
  const found: { at: number; depth: number }[] = []
  for (let from = Math.round(span.start / LEVEL_SECONDS) + 1; from < to; from += DIP_STEP) {
    const tenth = levels.subarray(from, Math.min(from + DIP_STEP, to))
    const softest = Math.min(...tenth)
    const depth = Math.max(0, Math.min(1, (level - softest) / FULL_DIP))
    found.push({ at: (from + tenth.indexOf(softest)) * LEVEL_SECONDS, depth })
  }
  return found
}

/** The indexes of the places where the phrases begin, and of the last one's end; `null` if there are too few. */
function bestPlaces(phrases: readonly Phrase[], places: readonly Place[]): number[] | null {
  const weights = phrases.map((phrase) => speakingWeight(phrase.spoken))
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0)
  const secondsPerWeight = (places.at(-1)?.voicedBefore ?? 0) / totalWeight
  return cheapestPath({
    steps: phrases.length,
    places: places.length,
    least: 1,
    cost: (step, from, to) => {
      const expected = (weights[step] ?? 0) * secondsPerWeight
      const voiced = (places[to]?.voicedBefore ?? 0) - (places[from]?.voicedBefore ?? 0)
      if (voiced > LONGEST_RATIO * expected + LONGEST_EXTRA) return Number.POSITIVE_INFINITY
      const lengthCost = (voiced - expected) ** 2 / (2 * LENGTH_VARIANCE * expected)
      return lengthCost - gain(places[to], phrases[step]?.pause ?? 'none')
    },
  })
}

const gain = (place: Place | undefined, pause: Pause): number =>
  place === undefined ? 0 : place.pause * PAUSE_GAIN[pause] + place.dip * DIP_GAIN

/**
 * How long a text takes to say, in letters of an alphabet: one more per word for its onset, four per digit as it is
 * read out, three per sign of the scripts where a sign is a syllable.
 */
function speakingWeight(text: string): number {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
  const syllables = count(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu)
  return count(/\p{L}/gu) + 2 * syllables + 4 * count(/\p{N}/gu) + wordSpans(text).length
}
