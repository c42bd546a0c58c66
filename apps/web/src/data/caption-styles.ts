import {
  type CaptionLook,
  type CaptionPlace,
  type CaptionStyle,
  readCaptionStyle,
  spellCaptionStyle,
} from '@cutroom/contracts/caption-style'

/** The looks of captions, the one of a fresh brand first; `colour` is what each has of its own. */
export const LOOKS = [
  { look: 'highlight', name: 'Highlight', about: 'The spoken word lights up', colour: '#ffd60a' },
  { look: 'plain', name: 'Plain', about: 'Text with an edge', colour: '#ffffff' },
  { look: 'boxed', name: 'Boxed', about: 'Text on a box', colour: '#101014' },
] as const satisfies readonly { look: CaptionLook; name: string; about: string; colour: string }[]

const USUAL: Omit<CaptionStyle, 'look'> = { colour: null, place: 'bottom' }

/** Among looks, the choice of no captions: their style is `null`. */
export const NO_CAPTIONS = 'none'

/** A style with the look that was chosen; its colour and place stay. */
export function withLook(style: string | null, choice: string): string | null {
  const look = LOOKS.find(({ look }) => look === choice)?.look
  return look === undefined ? null : spellCaptionStyle({ ...(readCaptionStyle(style ?? '') ?? USUAL), look })
}

export const placeOf = (style: string | null): CaptionPlace =>
  readCaptionStyle(style ?? '')?.place ?? 'bottom'

/** The choice that a style is. */
export const lookOf = (style: string | null): CaptionLook | typeof NO_CAPTIONS =>
  readCaptionStyle(style ?? '')?.look ?? NO_CAPTIONS
