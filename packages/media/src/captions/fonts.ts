import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { graphemes } from '@cutroom/contracts'
import type { Font } from 'fontkit'

/** A font file that libass loads from its fonts folder. */
export interface FontFile {
  /** Where it lies; absolute. */
  readonly path: string
  /** File name without folder, unique among the caption fonts. */
  readonly name: string
}

/** The font files of one family name; libass looks for a glyph in each of them. Lengths are fractions of the em. */
export interface FontFamily {
  /** As the files name themselves: libass finds the family by it. */
  readonly name: string
  /** As CSS counts it: 800 is extra bold. */
  readonly weight: number
  readonly faces: readonly Face[]
  /** Em size that gives capitals of the same height as the first family at an em of 1. */
  readonly em: number
  /** ASS font size that gives an em of 1, and ascent and descent of that line: GDI's window metrics. */
  readonly assSize: number
  readonly ascent: number
  readonly descent: number
}

interface Face {
  readonly file: FontFile
  readonly font: Font
}

/** Box of a run of text: `width` is its advance, the others how far its ink reaches from the baseline's begin. */
export interface Extent {
  readonly width: number
  readonly inkLeft: number
  readonly inkRight: number
  readonly inkTop: number
  readonly inkBottom: number
}

/** The weight is part of the family's name ("Rubik ExtraBold"), so that libass never thickens a lighter one. */
const WEIGHT = 800
const require = createRequire(import.meta.url)
/**
 * In order of preference. Rubik speaks Latin, Cyrillic, Hebrew and Arabic; Inter adds Greek and Vietnamese. The .woff
 * files: libass does not find the .woff2 by name.
 */
const PACKAGES = [
  {
    id: 'rubik',
    manifest: require.resolve('@fontsource/rubik/package.json'),
    subsets: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'hebrew', 'arabic'],
  },
  {
    id: 'inter',
    manifest: require.resolve('@fontsource/inter/package.json'),
    subsets: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'],
  },
]
/** Joiners and variation selectors change their neighbours and have no picture of their own. */
const UNPICTURED = /^(?:\u200c|\u200d|[\ufe00-\ufe0f])$/u

let families: readonly FontFamily[] | undefined

/** The project's own caption fonts, read once. They come with npm packages; nothing of the system is used. */
export function captionFonts(): readonly FontFamily[] {
  families ??= PACKAGES.map(({ id, manifest, subsets }) => {
    const faces = subsets.map((subset) => {
      const name = `${id}-${subset}-${WEIGHT}-normal.woff`
      const path = join(dirname(manifest), 'files', name)
      return { file: { path, name }, font: openFont(path) }
    })
    return family(faces)
  })
  return families
}

function openFont(path: string): Font {
  // Loaded with the first font: it costs every start a tenth of a second, and few of them measure text.
  const { openSync }: typeof import('fontkit') = require('fontkit')
  const font = openSync(path)
  if (!('layout' in font)) throw new Error(`${path} is a collection of fonts`)
  return font
}

/** Height of Rubik's capitals, fraction of the em. */
const CAPITALS = 0.7

function family(faces: readonly Face[]): FontFamily {
  const [first] = faces
  if (first === undefined) throw new Error('a font family without files')
  const { familyName, unitsPerEm, capHeight } = first.font
  const { winAscent, winDescent } = first.font['OS/2']
  return {
    name: familyName,
    weight: WEIGHT,
    faces,
    em: CAPITALS / (capHeight / unitsPerEm),
    assSize: (winAscent + winDescent) / unitsPerEm,
    ascent: winAscent / unitsPerEm,
    descent: winDescent / unitsPerEm,
  }
}

const faceOf = (family: FontFamily, character: string): Face | undefined =>
  family.faces.find(({ font }) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0))

const covers = (family: FontFamily, text: string): boolean =>
  Array.from(text).every((character) => UNPICTURED.test(character) || faceOf(family, character) !== undefined)

/** The characters of a text for which no caption font has a picture, each once. White space needs none. */
export function charactersWithoutGlyph(text: string): string[] {
  const known = (grapheme: string) => captionFonts().some((family) => covers(family, grapheme))
  return Array.from(new Set(graphemes(text).filter((grapheme) => /\S/u.test(grapheme) && !known(grapheme))))
}

/** The family that covers most of the words, so that captions look alike throughout. */
export function mainFamily(words: readonly string[]): FontFamily {
  const counted = captionFonts().map((family) => ({
    family,
    count: words.filter((word) => covers(family, word)).length,
  }))
  return counted.reduce((best, other) => (other.count > best.count ? other : best)).family
}

/** A word in runs of one family: a single run where one family covers it all. */
export function familyRuns(word: string, preferred: FontFamily): { text: string; family: FontFamily }[] {
  const order = [preferred, ...captionFonts()]
  const whole = order.find((family) => covers(family, word))
  if (whole !== undefined) return [{ text: word, family: whole }]
  const runs: { text: string; family: FontFamily }[] = []
  for (const grapheme of graphemes(word)) {
    const last = runs.at(-1)
    const family = order.find((other) => covers(other, grapheme)) ?? preferred
    if (last?.family === family) last.text += grapheme
    else runs.push({ text: grapheme, family })
  }
  return runs
}

/** Advance of a word in the families that it needs, for an em of 1. */
export const widthOf = (word: string, preferred: FontFamily): number =>
  familyRuns(word, preferred).reduce((sum, { text, family }) => sum + measure(text, family).width, 0)

/** The files of a family that hold the text's glyphs. */
export const filesFor = (family: FontFamily, text: string): FontFile[] =>
  Array.from(text).flatMap((character) => faceOf(family, character)?.file ?? [])

/** Size of a run of text in one family and one direction, for an em of 1 in the first family. Shaped as libass does it. */
export function measure(text: string, family: FontFamily, rightToLeft = false): Extent {
  let extent: Extent = { width: 0, inkLeft: 0, inkRight: 0, inkTop: 0, inkBottom: 0 }
  const runs = faceRuns(text, family)
  for (const { font, text: run } of rightToLeft ? runs.reverse() : runs) {
    const scale = family.em / font.unitsPerEm
    const { advanceWidth, bbox } = font.layout(
      run,
      undefined,
      undefined,
      undefined,
      rightToLeft ? 'rtl' : 'ltr',
    )
    const hasInk = Number.isFinite(bbox.minX)
    extent = {
      width: extent.width + advanceWidth * scale,
      inkLeft: hasInk ? Math.min(extent.inkLeft, extent.width + bbox.minX * scale) : extent.inkLeft,
      inkRight: hasInk ? Math.max(extent.inkRight, extent.width + bbox.maxX * scale) : extent.inkRight,
      inkTop: hasInk ? Math.max(extent.inkTop, bbox.maxY * scale) : extent.inkTop,
      inkBottom: hasInk ? Math.max(extent.inkBottom, -bbox.minY * scale) : extent.inkBottom,
    }
  }
  return extent
}

/** Splits where the next character lies in another file; what has no picture stays with the character before it. */
function faceRuns(text: string, family: FontFamily): { font: Font; text: string }[] {
  const runs: { font: Font; text: string }[] = []
  for (const character of text) {
    const last = runs.at(-1)
    const stays = last?.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0) || UNPICTURED.test(character)
    const font = faceOf(family, character)?.font ?? family.faces[0]?.font
    if (last !== undefined && stays) last.text += character
    else if (font !== undefined) runs.push({ font, text: character })
  }
  return runs
}
