import type { CaptionStyleId } from '@cutroom/contracts'

/** `RRGGBB` and how much of it is seen, 0 to 1. */
export interface Paint {
  readonly colour: string
  readonly opacity: number
}

/** How captions look. Lengths are fractions of the em. */
export interface CaptionStyle {
  readonly text: Paint
  readonly outline: { readonly paint: Paint; readonly width: number } | null
  readonly shadow: {
    readonly paint: Paint
    readonly width: number
    readonly blur: number
    readonly drop: number
  } | null
  readonly box: {
    readonly paint: Paint
    readonly paddingX: number
    readonly paddingY: number
    readonly radius: number
  } | null
  /** The word being spoken: its colour, and how much larger it grows. */
  readonly active: { readonly text: Paint; readonly scale: number } | null
}

const white: Paint = { colour: 'FFFFFF', opacity: 1 }
const ink: Paint = { colour: '101014', opacity: 1 }
const onPicture = {
  outline: { paint: ink, width: 0.065 },
  shadow: { paint: { colour: '000000', opacity: 0.6 }, width: 0.08, blur: 0.07, drop: 0.045 },
  box: null,
}

export const CAPTION_STYLES: Readonly<Record<CaptionStyleId, CaptionStyle>> = {
  plain: { text: white, ...onPicture, active: null },
  boxed: {
    text: white,
    outline: null,
    shadow: null,
    box: { paint: { colour: '101014', opacity: 0.86 }, paddingX: 0.36, paddingY: 0.22, radius: 0.26 },
    active: null,
  },
  highlight: {
    text: white,
    ...onPicture,
    active: { text: { colour: 'FFD60A', opacity: 1 }, scale: 1.05 },
  },
}
