import type { CaptionPlace } from '@cutroom/contracts/caption-style'
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

/** How far the middle of captions of one or two lines is from the edge of the safe area that they stand at, fraction of the frame. */
const CAPTIONS_INSIDE = 0.05

/**
 * The part of a frame that shows its captions: its top and its height, as fractions of the frame. `safeArea` is what a platform covers of
 * the frame at its top and bottom; `aspect` is that of the frame, `shown` that of the part (width by height).
 */
export function captionBand(
  safeArea: { readonly top: number; readonly bottom: number },
  place: CaptionPlace,
  aspect: number,
  shown: number,
): { readonly top: number; readonly height: number } {
  const height = Math.min(1, aspect / shown)
  const middle = {
    top: safeArea.top + CAPTIONS_INSIDE,
    middle: (1 + safeArea.top - safeArea.bottom) / 2,
    bottom: 1 - safeArea.bottom - CAPTIONS_INSIDE,
  }[place]
  return { top: Math.min(Math.max(middle - height / 2, 0), 1 - height), height }
}
