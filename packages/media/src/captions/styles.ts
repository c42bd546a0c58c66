import {
  type CaptionLook,
  type CaptionPlace,
  type CaptionStyleId,
  CutroomError,
  luminance,
  readCaptionStyle,
} from '@cutroom/contracts'

/** `RRGGBB` and how much of it is seen, 0 to 1. */
export interface Paint {
  readonly colour: string
  readonly opacity: number
}

/** How captions are drawn. Lengths are fractions of the em. */
export interface CaptionDrawing {
  readonly place: CaptionPlace
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
  /** The word being spoken: its colour, that of its outline, and how much larger it grows. */
  readonly active: { readonly text: Paint; readonly edge: Paint; readonly scale: number } | null
}

const WHITE = 'FFFFFF'
const INK = '101014'
const YELLOW = 'FFD60A'

const solid = (colour: string): Paint => ({ colour, opacity: 1 })

/** What is drawn on the picture itself: an edge and a shadow keep it legible on any. */
const onPicture = (edge: string) => ({
  outline: { paint: solid(edge), width: 0.065 },
  shadow: { paint: { colour: '000000', opacity: 0.6 }, width: 0.08, blur: 0.07, drop: 0.045 },
  box: null,
})

const LOOKS: Readonly<Record<CaptionLook, (colour: string | null) => Omit<CaptionDrawing, 'place'>>> = {
  plain: (colour) => ({
    text: solid(colour ?? WHITE),
    ...onPicture(opposite(colour ?? WHITE)),
    active: null,
  }),
  boxed: (colour) => ({
    text: solid(opposite(colour ?? INK)),
    outline: null,
    shadow: null,
    box: {
      // A colour that somebody chose is seen as it is, whatever the picture.
      paint: colour === null ? { colour: INK, opacity: 0.86 } : solid(colour),
      ...{ paddingX: 0.36, paddingY: 0.22, radius: 0.26 },
    },
    active: null,
  }),
  highlight: (colour) => ({
    text: solid(WHITE),
    ...onPicture(INK),
    active: { text: solid(colour ?? YELLOW), edge: solid(opposite(colour ?? YELLOW)), scale: 1.05 },
  }),
}

/** Throws `field-invalid` for what spells no style. */
export function captionDrawing(spelling: CaptionStyleId): CaptionDrawing {
  const style = readCaptionStyle(spelling)
  if (style === null)
    throw new CutroomError('field-invalid', `There is no caption style ${JSON.stringify(spelling)}.`, {
      field: 'captionStyle',
    })
  return { place: style.place, ...LOOKS[style.look](style.colour?.slice(1).toUpperCase() ?? null) }
}

/** White or ink, whichever stands out more against a colour: WCAG 2.2, contrast ratio. */
function opposite(colour: string): string {
  const against = (other: string) => {
    const [dark = 0, light = 0] = [colour, other]
      .map((each) => luminance(`#${each}`))
      .toSorted((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  return against(WHITE) > against(INK) ? WHITE : INK
}
