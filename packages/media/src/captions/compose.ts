import {
  type CaptionStyleId,
  type Cue,
  CutroomError,
  plainText,
  type SafeArea,
  wordSpans,
} from '@cutroom/contracts'
import { writeAss } from './ass.ts'
import { charactersWithoutGlyph, type FontFile, filesFor, mainFamily, widthOf } from './fonts.ts'
import { type Frame, roomFor, WORD_SPACE } from './geometry.ts'
import { layoutCues } from './phrases.ts'
import { placePhrase } from './place.ts'
import { sequential } from './sequence.ts'
import { CAPTION_STYLES } from './styles.ts'
import { formatTime } from './time.ts'

export interface CaptionRequest {
  readonly cues: readonly Cue[]
  readonly style: CaptionStyleId
  /** Pixels of the finished picture. */
  readonly frame: Frame
  readonly safeArea: SafeArea
  /** What to do with characters that no caption font has: refuse (default), or leave them out. */
  readonly missingGlyphs?: 'refuse' | 'drop'
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
 * and the font files that they need. The same input gives the same bytes.
 *
 * Throws `captions-glyph-missing`, and `field-invalid` for a safe area without room.
 */
export function composeAss(request: CaptionRequest): ComposedCaptions {
  const style = CAPTION_STYLES[request.style]
  const room = roomFor(request.frame, request.safeArea, style)
  const cues = showable(sequential(request.cues), request.missingGlyphs ?? 'refuse')
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

function showable(cues: readonly Cue[], missingGlyphs: 'refuse' | 'drop'): Cue[] {
  return cues.flatMap((cue, index) => {
    const text = plainText(cue.text)
    const missing = charactersWithoutGlyph(text)
    if (missing.length > 0 && missingGlyphs === 'refuse') throw glyphsMissing(missing, cue, index + 1)
    const shown = (part: string) => missing.reduce((rest, character) => rest.replaceAll(character, ''), part)
    const words = cue.words.map((word) => ({ ...word, text: shown(plainText(word.text)) }))
    const kept = { ...cue, text: plainText(shown(text)), words }
    return kept.text === '' ? [] : [kept]
  })
}

function glyphsMissing(characters: readonly string[], cue: Cue, number: number): CutroomError {
  const named = characters.slice(0, 10).join(' ') + (characters.length > 10 ? ' …' : '')
  return new CutroomError(
    'captions-glyph-missing',
    `No caption font has a picture for ${named} in cue ${number}, at ${formatTime(cue.start, '.')}.`,
    { details: { characters, cue: number, start: cue.start } },
  )
}
