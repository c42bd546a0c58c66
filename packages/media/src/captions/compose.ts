import { type CaptionStyleId, type Cue, plainText, type SafeArea, wordSpans } from '@cutroom/contracts'
import { writeAss } from './ass.ts'
import { charactersWithoutGlyph, type FontFile, filesFor, mainFamily, widthOf } from './fonts.ts'
import { type Frame, roomFor, WORD_SPACE } from './geometry.ts'
import { layoutCues } from './phrases.ts'
import { placePhrase } from './place.ts'
import { sequential } from './sequence.ts'
import { captionDrawing } from './styles.ts'

export interface CaptionRequest {
  readonly cues: readonly Cue[]
  readonly style: CaptionStyleId
  /** Pixels of the finished picture. */
  readonly frame: Frame
  readonly safeArea: SafeArea
}

/** Captions ready to be burnt in: `ass=captions.ass:fontsdir=fonts`, with these fonts in that folder. */
export interface ComposedCaptions {
  readonly ass: string
  readonly fonts: readonly FontFile[]
}

/**
 * What FONTCONFIG_FILE should hold while ffmpeg burns captions in: no fonts of the system, so that a frame looks the
 * same on every machine.
 */
export const FONTCONFIG = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig></fontconfig>
`

/**
 * Cues as an ASS script for one frame size: regrouped into phrases of at most two lines, placed inside the safe area,
 * and the font files that they need. Characters that no caption font has are left out. The same input gives the same bytes.
 *
 * Throws `field-invalid` for a safe area without room, and for what spells no style.
 */
export function composeAss(request: CaptionRequest): ComposedCaptions {
  const style = captionDrawing(request.style)
  const room = roomFor(request.frame, request.safeArea, style)
  const cues = showable(sequential(request.cues))
  const words = cues.flatMap(({ text }) => wordSpans(text).map(({ from, to }) => text.slice(from, to)))
  const family = mainFamily(words)
  const placed = layoutCues(cues, room.lineWidth / room.em, WORD_SPACE, (word) => widthOf(word, family)).map(
    (phrase) => placePhrase(phrase, room, style, family),
  )
  const files = placed.flatMap(({ pieces }) => pieces.flatMap((piece) => filesFor(piece.family, piece.text)))
  const fonts = Array.from(new Map(files.map((file) => [file.name, file])).values())
  return {
    ass: writeAss(placed, style, request.frame, room),
    fonts: fonts.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

function showable(cues: readonly Cue[]): Cue[] {
  return cues.flatMap((cue) => {
    const text = plainText(cue.text)
    const missing = charactersWithoutGlyph(text)
    const shown = (part: string) => missing.reduce((rest, character) => rest.replaceAll(character, ''), part)
    const words = cue.words.map((word) => ({ ...word, text: shown(plainText(word.text)) }))
    const kept = { ...cue, text: plainText(shown(text)), words }
    return kept.text === '' ? [] : [kept]
  })
}
