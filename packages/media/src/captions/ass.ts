import type { FontFamily } from './fonts.ts'
import type { Frame, Room } from './geometry.ts'
import type { Box, Piece, PlacedPhrase } from './place.ts'
import type { CaptionDrawing, Paint } from './styles.ts'

/** Milliseconds in which the spoken word grows. */
const GROW_MS = 80

/**
 * The ASS script of placed captions. Every word is an event of its own at its own place, so that neither a colour nor
 * a size can move its neighbours or the order of a line. Layers: shadows and boxes, words, the spoken word.
 */
export function writeAss(
  phrases: readonly PlacedPhrase[],
  style: CaptionDrawing,
  frame: Frame,
  room: Room,
): string {
  const families = new Set(phrases.flatMap(({ pieces }) => pieces.map((piece) => piece.family)))
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${frame.width}`,
    `PlayResY: ${frame.height}`,
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    'Kerning: yes',
    'YCbCr Matrix: None',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    ...Array.from(families).flatMap((family) => styleLines(family, style, room)),
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...phrases.flatMap((phrase) => events(phrase, style, room)),
    '',
  ].join('\n')
}

const NONE: Paint = { colour: '000000', opacity: 0 }

function styleLines(family: FontFamily, style: CaptionDrawing, room: Room): string[] {
  const { outline, shadow, box, active } = style
  const line = (role: string, fill: Paint, edge: { paint: Paint; width: number } | null, alignment = 4) =>
    styleLine({
      name: `${role} ${family.name}`,
      font: family.name,
      size: room.em * family.em * family.assSize,
      fill,
      edge: edge?.paint ?? NONE,
      edgeWidth: (edge?.width ?? 0) * room.em,
      alignment,
    })
  return [
    line('Text', style.text, outline),
    ...(active === null
      ? []
      : [line('Active', active.text, outline && { paint: active.edge, width: outline.width })]),
    ...(shadow === null ? [] : [line('Shadow', NONE, shadow)]),
    // A drawing needs no glyph, but libass shows nothing in a style whose font it cannot find.
    ...(box === null ? [] : [line('Box', box.paint, null, 7)]),
  ]
}

function styleLine(style: {
  name: string
  font: string
  size: number
  fill: Paint
  edge: Paint
  edgeWidth: number
  alignment: number
}): string {
  const { name, font, size, fill, edge, edgeWidth, alignment } = style
  const colours = [fill, fill, edge, NONE].map(assColour).join(',')
  // Not bold, since the weight is in the file; encoding -1 lets the text decide its direction.
  return `Style: ${name},${font},${pixels(size)},${colours},0,0,0,0,100,100,0,0,1,${pixels(edgeWidth)},0,${alignment},0,0,0,-1`
}

/** `&HAABBGGRR`, where an AA of 00 is opaque. */
function assColour({ colour, opacity }: Paint): string {
  const alpha = Math.round((1 - opacity) * 255)
  const [red, green, blue] = [colour.slice(0, 2), colour.slice(2, 4), colour.slice(4, 6)]
  return `&H${alpha.toString(16).padStart(2, '0').toUpperCase()}${blue}${green}${red}`
}

const pixels = (value: number): string => String(Math.round(value * 100) / 100)

function events({ phrase, pieces, boxes }: PlacedPhrase, style: CaptionDrawing, room: Room): string[] {
  const { start, end, scale } = phrase
  const { active, shadow, box } = style
  const size = scale === 1 ? '' : `\\fscx${pixels(100 * scale)}\\fscy${pixels(100 * scale)}`
  const at = (piece: Piece, drop = 0) =>
    `\\pos(${pixels(piece.left)},${pixels(centreY(piece, room.em * scale) + drop * room.em)})${size}`
  const lines: string[] = []
  const add = (layer: number, from: number, to: number, name: string, tags: string, text: string) => {
    if (centiseconds(to) > centiseconds(from)) {
      lines.push(`Dialogue: ${layer},${assTime(from)},${assTime(to)},${name},,0,0,0,,{${tags}}${text}`)
    }
  }
  const [first] = pieces
  if (box !== null && first !== undefined) {
    add(0, start, end, `Box ${first.family.name}`, ...boxDrawing(boxes, box.radius * room.em * scale))
  }
  if (shadow !== null) {
    for (const piece of pieces) {
      const tags = `${at(piece, shadow.drop)}\\blur${pixels(shadow.blur * room.em)}`
      add(0, start, end, `Shadow ${piece.family.name}`, tags, textOf(piece))
    }
  }
  const starts = Array.from(new Set(pieces.map((piece) => piece.token))).map((token) => token.start)
  for (const piece of pieces) {
    const name = `Text ${piece.family.name}`
    if (active === null) {
      add(1, start, end, name, at(piece), textOf(piece))
      continue
    }
    // A word stays lit until the next one begins, so that the light never goes out inside a phrase.
    const on = Math.max(start, piece.token.start)
    const off = Math.min(end, ...starts.filter((other) => other > piece.token.start))
    const tags = growing(piece, room.em, scale, active.scale)
    add(1, start, on, name, at(piece), textOf(piece))
    add(2, on, off, `Active ${piece.family.name}`, tags, textOf(piece))
    add(1, off, end, name, at(piece), textOf(piece))
  }
  return lines
}

/**
 * A word that grows about its middle. It is held by its left edge and moved, since libass finds the middle of a word
 * with vowel points too far to the right.
 */
function growing(piece: Piece, em: number, scale: number, by: number): string {
  const y = pixels(centreY(piece, em * scale))
  const from = pixels(piece.left)
  const to = pixels(piece.left - (piece.width * (by - 1)) / 2)
  const [small, large] = [pixels(100 * scale), pixels(100 * scale * by)]
  const grow = `\\t(0,${GROW_MS},\\fscx${large}\\fscy${large})`
  return `\\move(${from},${y},${to},${y},0,${GROW_MS})\\fscx${small}\\fscy${small}${grow}`
}

/** Middle of the line box that libass makes of the family's ascent and descent. */
function centreY(piece: Piece, em: number): number {
  const { family, baseline } = piece
  return baseline + ((family.descent - family.ascent) / 2) * family.em * em
}

const textOf = ({ mark, text }: Piece): string => mark + escapeText(text) + mark

/**
 * User text that libass shows as it is. A backslash is followed by a word joiner, which has no picture, so that it can
 * begin no escape; braces are escaped. Line breaks and control characters are gone before (`plainText`).
 */
export const escapeText = (text: string): string =>
  text.replaceAll('\\', '\\\u2060').replaceAll('{', '\\{').replaceAll('}', '\\}')

const centiseconds = (seconds: number): number => Math.round(seconds * 100)

/** `h:mm:ss.cc` */
function assTime(seconds: number): string {
  const total = centiseconds(seconds)
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${Math.floor(total / 360_000)}:${pad((total / 6000) % 60)}:${pad((total / 100) % 60)}.${pad(total % 100)}`
}

/** Tags and path of rounded rectangles, drawn as one shape so that they do not darken each other where they meet. */
function boxDrawing(boxes: readonly Box[], radius: number): [tags: string, path: string] {
  const left = Math.min(...boxes.map((box) => box.left))
  const top = Math.min(...boxes.map((box) => box.top))
  const path = boxes.map((box) =>
    roundedRectangle(box.left - left, box.top - top, box.right - left, box.bottom - top, radius),
  )
  return [`\\pos(${pixels(left)},${pixels(top)})\\p1`, path.join(' ')]
}

function roundedRectangle(left: number, top: number, right: number, bottom: number, radius: number): string {
  // Control points of a cubic curve that comes closest to a quarter of a circle.
  const near = radius * (1 - 0.5523)
  const p = (...values: number[]) => values.map((value) => String(Math.round(value))).join(' ')
  return [
    `m ${p(left + radius, top)}`,
    `l ${p(right - radius, top)}`,
    `b ${p(right - near, top, right, top + near, right, top + radius)}`,
    `l ${p(right, bottom - radius)}`,
    `b ${p(right, bottom - near, right - near, bottom, right - radius, bottom)}`,
    `l ${p(left + radius, bottom)}`,
    `b ${p(left + near, bottom, left, bottom - near, left, bottom - radius)}`,
    `l ${p(left, top + radius)}`,
    `b ${p(left, top + near, left + near, top, left + radius, top)}`,
  ].join(' ')
}
