/** What captions look like; each has a colour of its own that another may take the place of. */
export const CAPTION_LOOKS = ['plain', 'boxed', 'highlight'] as const
export type CaptionLook = (typeof CAPTION_LOOKS)[number]

/** Where captions stand inside the safe area. The first is that of a style which names none. */
export const CAPTION_PLACES = ['bottom', 'middle', 'top'] as const
export type CaptionPlace = (typeof CAPTION_PLACES)[number]

/** How captions look and where they stand. */
export interface CaptionStyle {
  readonly look: CaptionLook
  /** `#rrggbb` of the text (plain), of the box (boxed) or of the spoken word (highlight); `null` is the look's own. */
  readonly colour: string | null
  readonly place: CaptionPlace
}

/** The one spelling of each style: `boxed`, `highlight#e11d48`, `plain@top`, `boxed#14532d@middle`. */
export const CAPTION_STYLE_SPELLING = new RegExp(
  `^(${CAPTION_LOOKS.join('|')})(#[0-9a-f]{6})?(?:@(${CAPTION_PLACES.slice(1).join('|')}))?$`,
)

/** `null` for what spells no style. */
export function readCaptionStyle(spelling: string): CaptionStyle | null {
  const [, look, colour = null, place = 'bottom'] = CAPTION_STYLE_SPELLING.exec(spelling) ?? []
  return look === undefined ? null : { look: look as CaptionLook, colour, place: place as CaptionPlace }
}

export const spellCaptionStyle = ({ look, colour, place }: CaptionStyle): string =>
  `${look}${colour?.toLowerCase() ?? ''}${place === 'bottom' ? '' : `@${place}`}`
