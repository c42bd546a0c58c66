import { type CaptionStyleId, type Cue, CutroomError } from '@cutroom/contracts'
import type { SoundFrom } from '@cutroom/media'
import type { ShownCut } from '../clips/shown-cut.ts'

/** A file whose sound is heard in a clip. */
export interface SoundTrack {
  readonly path: string
  /** Index of its audio stream. */
  readonly audioIndex: number
  readonly sha256: string
}

/** Everything that is shown, said and heard in a clip, as plain data: what every stage works on, wherever the clip came from. */
export interface ClipContent {
  readonly cuts: readonly ShownCut[]
  /** None goes on beyond the last picture. */
  readonly cues: readonly Cue[]
  /** `null` where the cues are not burnt in. */
  readonly captionStyle: CaptionStyleId | null
  readonly voice: SoundTrack | null
  readonly music: SoundTrack | null
  /** `null`: each cut brings its own sound. */
  readonly soundFrom: SoundFrom | null
  /** Whether the sources' own sound is heard. */
  readonly sourceSound: boolean
}

/** A clip goes on for this long after the last word, so that it does not break off. */
const TAIL_SECONDS = 0.3
const SHORTEST_SECONDS = 1.5
/** Of the longest clip. */
export const LONGEST_SECONDS = 600
/** What shows for less time is no caption. */
const SHORTEST_CUE_SECONDS = 0.1

/** How long a clip lasts that has a voice of so many seconds. */
export const secondsForVoice = (voiceSeconds: number): number =>
  Math.max(SHORTEST_SECONDS, voiceSeconds + TAIL_SECONDS)

/** Throws `script-too-long` or, for a recording, `media-too-large`, where a voice does not fit the longest clip. */
export function checkVoiceLength(seconds: number, kind: 'spoken' | 'recorded'): void {
  const limit = LONGEST_SECONDS - TAIL_SECONDS
  if (seconds <= limit) return
  const [code, what, field] =
    kind === 'spoken'
      ? (['script-too-long', 'spoken script', 'script'] as const)
      : (['media-too-large', 'recorded voice', 'audio'] as const)
  throw new CutroomError(
    code,
    `The ${what} is ${seconds.toFixed(1)} s long; at most ${limit} s fit a clip.`,
    {
      field,
      details: { seconds, limitSeconds: limit },
    },
  )
}

/** The cues, and their words, of a clip of so many seconds. */
export function cuesUntil(cues: readonly Cue[], length: number): Cue[] {
  const clipped = <T extends { readonly end: number }>(timed: T): T => ({
    ...timed,
    end: Math.min(timed.end, length),
  })
  return cues
    .filter((cue) => cue.start + SHORTEST_CUE_SECONDS <= length)
    .map((cue) => ({ ...clipped(cue), words: cue.words.filter((word) => word.start < length).map(clipped) }))
}
