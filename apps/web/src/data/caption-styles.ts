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

/** A style with another look; its colour and place stay. `null` is that of a clip or brand without captions. */
export const withLook = (style: string | null, look: CaptionLook): string =>
  spellCaptionStyle({ ...(readCaptionStyle(style ?? '') ?? USUAL), look })

export const placeOf = (style: string | null): CaptionPlace =>
  readCaptionStyle(style ?? '')?.place ?? 'bottom'

/** `null` for no captions. */
export const lookOf = (style: string | null): CaptionLook | null =>
  readCaptionStyle(style ?? '')?.look ?? null
