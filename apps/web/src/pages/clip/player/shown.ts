import type { Schemas } from '../../../api/client.ts'
import { clamp } from '../numbers.ts'

export type PlaybackPlan = Schemas['Playback']
export type Crop = PlaybackPlan['cuts'][number]['crop']
/** The point of a picture that is in the middle of the frame; fractions of the picture. */
export type Focus = NonNullable<Schemas['Clip']['timeline'][number]['focus']>

/** A cut of a timeline as it is edited. Seconds of the source. */
export interface EditedCut {
  readonly sourceId: string
  readonly start: number
  readonly end: number
  /** Where a person put the middle of its frame. */
  readonly focus?: Focus | undefined
}

/** A cut on the frames of an export. */
export interface ShownCut {
  readonly sourceId: string
  /** Seconds of the source that are seen first. */
  readonly start: number
  /** Seconds of the clip; exclusive end. */
  readonly at: number
  readonly until: number
  /** The part of the upright picture that fills the frame; `null` for the middle of it. */
  readonly crop: Crop | null
}

/** Two cuts nearer than this are the same: times are rounded for people. */
const SAME_SECONDS = 0.002

/**
 * Lays cuts on the frames of an export, as a render does: boundaries are rounded on the clip's clock, so that nothing adds up. What the server
 * knows of a cut (its first picture, its crop) is taken over; a cut that it has not seen yet has the crop of what is nearest to it in its source.
 */
export function layCuts(
  cuts: readonly EditedCut[],
  framesPerSecond: number,
  known: readonly PlaybackPlan['cuts'][number][],
): ShownCut[] {
  let clock = 0
  let framesBefore = 0
  return cuts.map(({ sourceId, start, end, focus }) => {
    const at = framesBefore / framesPerSecond
    clock += end - start
    framesBefore = Math.max(framesBefore + 1, Math.round(clock * framesPerSecond))
    const [near] = known
      .filter((cut) => cut.sourceId === sourceId)
      .map((cut) => ({ cut, distance: Math.max(cut.start - end, start - cut.end, 0) }))
      .sort((a, b) => a.distance - b.distance || gap(a.cut, start) - gap(b.cut, start))
    const halfFrame = 0.5 / framesPerSecond
    const same = near !== undefined && gap(near.cut, start) < halfFrame + SAME_SECONDS
    return {
      sourceId,
      start: same ? near.cut.start : start,
      at,
      until: framesBefore / framesPerSecond,
      crop: near === undefined ? null : focus ? croppedAround(near.cut.crop, focus) : near.cut.crop,
    }
  })
}

const gap = (cut: { readonly start: number }, start: number): number => Math.abs(cut.start - start)

/** Index of the cut that is shown at a time; the last one from the end on. */
export function cutAt(cuts: readonly ShownCut[], seconds: number): number {
  const index = cuts.findIndex(({ until }) => seconds < until)
  return index < 0 ? cuts.length - 1 : index
}

/** A part of a picture of the same size around another point, never beyond an edge. */
const croppedAround = ({ width, height }: Crop, focus: Focus): Crop => ({
  ...{ width, height },
  x: clamp(focus.x - width / 2, 0, 1 - width),
  y: clamp(focus.y - height / 2, 0, 1 - height),
})

/** Whether a picture is larger than the part of it that fills the frame. */
export const canMove = ({ width, height }: Crop): boolean => width < 0.999 || height < 0.999

const FOCUS_STEPS = 10_000
const rounded = (fraction: number): number => Math.round(fraction * FOCUS_STEPS) / FOCUS_STEPS

/** The focus of a cut whose picture is moved by fractions of the frame, to the right and down; never beyond an edge. */
export const movedFocus = ({ x, y, width, height }: Crop, right: number, down: number): Focus => ({
  x: rounded(clamp(x + width / 2 - right * width, width / 2, 1 - width / 2)),
  y: rounded(clamp(y + height / 2 - down * height, height / 2, 1 - height / 2)),
})

/** The largest part in the middle of a picture that has the aspect (width by height) of a frame. */
export function middleCrop(pictureAspect: number, frameAspect: number): Crop {
  const width = Math.min(1, frameAspect / pictureAspect)
  const height = Math.min(1, pictureAspect / frameAspect)
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height }
}

/** Times this little before a frame's begin are on it. */
const GRID_SLACK = 0.01

/** Index of the frame that an export shows at a time. */
export const frameAt = (seconds: number, framesPerSecond: number): number =>
  Math.floor(seconds * framesPerSecond + GRID_SLACK)

/** A level that a gain in dB stands for, as players take it: 0 to 1. */
export const levelOf = (gainDb: number): number => Math.min(1, 10 ** (gainDb / 20))

/** The level of music that fades out over the last second of a clip. */
export const fadeAt = (seconds: number, length: number): number => Math.min(1, Math.max(0, length - seconds))
