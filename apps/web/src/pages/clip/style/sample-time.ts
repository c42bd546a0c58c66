import type { Cue } from '../editor/content.ts'

/** Pictures of styles follow the clip in steps: there are several of them, and each is drawn anew. Seconds. */
const STEP = 0.1

/** A second of the clip at which captions are seen: now, or in the middle of the cue that is nearest. */
export function sampleTime(cues: readonly Cue[], seconds: number): number {
  const away = (cue: Cue) => Math.max(cue.start - seconds, seconds - cue.end, 0)
  const [near] = cues.toSorted((a, b) => away(a) - away(b))
  if (near === undefined) return 0
  const isShown = near.start <= seconds && seconds < near.end
  const now = Math.round(seconds / STEP) * STEP
  return isShown && now >= near.start && now < near.end ? now : (near.start + near.end) / 2
}

/**
 * The part of a frame that shows its captions, which stand just above what a platform covers at the bottom: its top and its height, as
 * fractions of the frame. `aspect` is that of the frame, `shown` that of the part (width by height).
 */
export function captionBand(
  safeBottom: number,
  aspect: number,
  shown: number,
): { readonly top: number; readonly height: number } {
  const height = Math.min(1, aspect / shown)
  const middle = 1 - safeBottom - CAPTIONS_ABOVE
  return { top: Math.min(Math.max(middle - height / 2, 0), 1 - height), height }
}

/** How far above the covered part the middle of captions of one or two lines is, fraction of the frame. */
const CAPTIONS_ABOVE = 0.05
