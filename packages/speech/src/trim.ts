import type { Span } from './pcm.ts'
import { measureLevels, speechLevel, voicedSpans } from './voiced.ts'

/** Silence kept before the first and after the last sound, seconds. */
export const EDGE_SECONDS = 0.07
/** A longer pause inside a phrase becomes this long, seconds; shorter ones keep their length, so the rhythm stays. */
const LONGEST_PAUSE = 0.3
/** Every cut fades over this time, seconds: nothing clicks. */
const FADE_SECONDS = 0.005
/**
 * Thresholds below the level of the phrase's own vowels, dB. Vowels and stressed consonants reach the first;
 * the softest f and th of the voices tried lie above the second, and breath of recorded voices below it.
 */
const ENTER_BELOW = 26
const LEAVE_BELOW = 42

/** A stretch of the original and where it begins in the trimmed sound, seconds. */
interface Piece extends Span {
  readonly at: number
}

export interface TrimmedSpeech {
  readonly pcm: Float32Array
  /** Where the sounds are, in order; never empty. Seconds of the trimmed sound. */
  readonly voice: readonly Span[]
  /** A time of the original as a time of the trimmed sound. */
  readonly mapTime: (seconds: number) => number
}

/**
 * The phrase without the silence around it and with its long pauses shortened. Exactly 70 ms stay at either end,
 * filled up with silence where the original has less. `null` where there is no sound at all.
 */
export function trimSpeech(pcm: Float32Array, sampleRate: number): TrimmedSpeech | null {
  const levels = measureLevels(pcm, sampleRate)
  const level = speechLevel(levels)
  if (level === null) return null
  const spans = voicedSpans(levels, { enter: level - ENTER_BELOW, leave: level - LEAVE_BELOW })
  if (spans.length === 0) return null
  const pieces = place(keptSpans(spans))
  const end = pieces.at(-1)
  const trimmed = new Float32Array(
    end === undefined ? 0 : Math.round((end.at + end.end - end.start) * sampleRate),
  )
  for (const piece of pieces) copy(pcm, trimmed, piece, sampleRate)
  const mapTime = (seconds: number): number => {
    const piece = pieces.findLast(({ start }) => start <= seconds) ?? pieces[0]
    if (piece === undefined) return 0
    return piece.at + Math.max(0, Math.min(seconds, piece.end) - piece.start)
  }
  const voice = spans.map((span) => ({ start: mapTime(span.start), end: mapTime(span.end) }))
  return { pcm: trimmed, voice, mapTime }
}

/** What stays of the original: the voice with its short pauses, half of the longest pause at each cut, the edges. */
function keptSpans(spans: readonly Span[]): Span[] {
  const kept: { start: number; end: number }[] = []
  for (const span of spans) {
    const last = kept.at(-1)
    if (last === undefined) kept.push({ start: span.start - EDGE_SECONDS, end: span.end + EDGE_SECONDS })
    else if (span.start - (last.end - EDGE_SECONDS) <= LONGEST_PAUSE) last.end = span.end + EDGE_SECONDS
    else {
      last.end += LONGEST_PAUSE / 2 - EDGE_SECONDS
      kept.push({ start: span.start - LONGEST_PAUSE / 2, end: span.end + EDGE_SECONDS })
    }
  }
  return kept
}

function place(spans: readonly Span[]): Piece[] {
  let at = 0
  return spans.map((span) => {
    const piece = { ...span, at }
    at += span.end - span.start
    return piece
  })
}

/** Copies a piece, faded at both ends; what lies outside of the original is silence. */
function copy(from: Float32Array, to: Float32Array, piece: Piece, sampleRate: number): void {
  const first = Math.max(0, Math.round(piece.start * sampleRate))
  const last = Math.min(from.length, Math.round(piece.end * sampleRate))
  const shift = Math.round(piece.at * sampleRate) - Math.round(piece.start * sampleRate)
  // An original that starts with sound at once keeps its onset: nothing was cut off there.
  const fadeIn = piece.start > 0 ? Math.round(FADE_SECONDS * sampleRate) : 0
  const fadeOut = piece.end * sampleRate < from.length ? Math.round(FADE_SECONDS * sampleRate) : 0
  for (let i = first; i < last && i + shift < to.length; i += 1) {
    const gain = Math.min(1, (i - first + 1) / (fadeIn + 1), (last - i) / (fadeOut + 1))
    to[i + shift] = (from[i] ?? 0) * gain
  }
}
