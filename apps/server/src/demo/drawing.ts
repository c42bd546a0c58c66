/** Vector shapes that move, as an ASS script: libass draws them with smooth edges, faster than any filter could. */

export type Point = readonly [x: number, y: number]

/** Move, line or cubic curve, as ASS writes them, and the points it leads over. */
type Stroke = readonly ['m' | 'l' | 'b', ...Point[]]

/** An outline in pixels around an origin of its own. */
export interface Shape {
  readonly path: string
  /** Middle of its bounding box, seen from the origin: libass places drawings by it. */
  readonly middle: Point
}

/** Where the origin of a shape is at a moment. */
export interface Placement {
  readonly x: number
  readonly y: number
  /** Factors; 1 where they are left out. */
  readonly scale?: number
  readonly scaleY?: number
  /** Degrees, clockwise. */
  readonly turn?: number
  /** 0 invisible to 1 opaque. */
  readonly opacity?: number
}

/** A shape and where it is at each moment (seconds of the scene; `null` while it is out of sight), painted in order. */
export interface Layer {
  readonly shape: Shape | ((time: number) => Shape)
  /** `#rrggbb` */
  readonly colour: string
  /** Radius of a soft edge, pixels. */
  readonly blur?: number
  readonly at: (time: number) => Placement | null
}

export interface Label {
  readonly over: string
  readonly text: string
  readonly x: number
  readonly y: number
}

/** A layer that stays where it is. */
export const still = (shape: Shape, colour: string, x = 0, y = 0, opacity = 1, blur = 0): Layer => ({
  shape,
  colour,
  blur,
  at: () => ({ x, y, opacity }),
})

export const polygon = (points: readonly Point[]): Shape => group([points])

/** Several polygons that move as one. */
export function group(polygons: readonly (readonly Point[])[]): Shape {
  return outline(
    polygons.flatMap((points) => points.map((point, index): Stroke => [index === 0 ? 'm' : 'l', point])),
  )
}

export const corners = (x: number, y: number, width: number, height: number): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
]

export const rectangle = (x: number, y: number, width: number, height: number): Shape =>
  polygon(corners(x, y, width, height))

/** An ellipse around the origin. */
export function ellipse(radiusX: number, radiusY = radiusX): Shape {
  return rounded(-radiusX, -radiusY, 2 * radiusX, 2 * radiusY, radiusX, radiusY)
}

/** A rectangle with elliptical corners of the given radii. */
export function rounded(x: number, y: number, width: number, height: number, rx: number, ry = rx): Shape {
  // 0.5523 makes a cubic Bézier curve follow a quarter of a circle to within 0.03 %.
  const [kx, ky] = [rx * (1 - 0.5523), ry * (1 - 0.5523)]
  const [right, bottom] = [x + width, y + height]
  return outline([
    ['m', [x + rx, y]],
    ['l', [right - rx, y]],
    ['b', [right - kx, y], [right, y + ky], [right, y + ry]],
    ['l', [right, bottom - ry]],
    ['b', [right, bottom - ky], [right - kx, bottom], [right - rx, bottom]],
    ['l', [x + rx, bottom]],
    ['b', [x + kx, bottom], [x, bottom - ky], [x, bottom - ry]],
    ['l', [x, y + ry]],
    ['b', [x, y + ky], [x + kx, y], [x + rx, y]],
  ])
}

/** The ground below a curve: from `left` to `right`, its upper edge at `height(x)`, down to `bottom`. */
export function ground(left: number, right: number, bottom: number, height: (x: number) => number): Shape {
  const steps = 48
  const edge = Array.from({ length: steps + 1 }, (_, index): Point => {
    const x = left + ((right - left) * index) / steps
    return [x, height(x)]
  })
  return polygon([...edge, [right, bottom], [left, bottom]])
}

/** A row of numbers from 0 to 1 that looks random and is the same on every machine (a linear congruential generator). */
export function randomNumbers(seed: number, count: number): number[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  })
}

/** The ASS script of a scene; `Rubik ExtraBold` must be in the fonts folder. */
export function assScript(
  frame: { readonly width: number; readonly height: number; readonly rate: number; readonly count: number },
  layers: readonly Layer[],
  label: Label | null,
): string {
  const events = layers.flatMap((layer, depth) => layerEvents(layer, depth, frame.rate, frame.count))
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${frame.width}`,
    `PlayResY: ${frame.height}`,
    'YCbCr Matrix: None',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, BorderStyle, Outline, Shadow, Alignment',
    'Style: Shape,Rubik ExtraBold,20,&H00FFFFFF,&H00000000,&H00000000,1,0,0,5',
    'Style: Label,Rubik ExtraBold,76,&H00FFFFFF,&H38201010,&HA0000000,1,3,0,5',
    '[Events]',
    'Format: Layer, Start, End, Style, Text',
    ...events,
    ...(label === null ? [] : labelEvents(label, layers.length)),
    '',
  ].join('\n')
}

/** One event for each run of frames in which nothing changes. */
function layerEvents(
  { shape, colour, blur, at }: Layer,
  depth: number,
  rate: number,
  count: number,
): string[] {
  const events: string[] = []
  let drawn: string | null = null
  let since = 0
  for (let frame = 0; frame <= count; frame++) {
    const time = frame / rate
    const placement = frame < count ? at(time) : null
    const text =
      placement === null
        ? null
        : draw(typeof shape === 'function' ? shape(time) : shape, colour, blur, placement)
    if (text === drawn) continue
    if (drawn !== null) events.push(event(depth, since / rate, time, 'Shape', drawn))
    drawn = text
    since = frame
  }
  return events
}

function draw({ path, middle }: Shape, colour: string, blur = 0, placement: Placement): string {
  const { x, y, scale = 1, scaleY = scale, turn = 0, opacity = 1 } = placement
  const tags = [
    `\\pos(${n(x + middle[0] * scale)},${n(y + middle[1] * scaleY)})`,
    ...(turn === 0 ? [] : [`\\org(${n(x)},${n(y)})\\frz${n(-turn)}`]),
    ...(scale === 1 && scaleY === 1 ? [] : [`\\fscx${n(scale * 100)}\\fscy${n(scaleY * 100)}`]),
    ...(blur === 0 ? [] : [`\\blur${n(blur)}`]),
    ...(opacity === 1 ? [] : [`\\alpha&H${hex(255 * (1 - opacity))}&`]),
    `\\1c&H${colour.slice(5, 7)}${colour.slice(3, 5)}${colour.slice(1, 3)}&`,
  ]
  return `{${tags.join('')}\\p1}${path}`
}

function labelEvents({ over, text, x, y }: Label, depth: number): string[] {
  const line = (size: number, spacing: number, dy: number, words: string) =>
    event(depth, 0, 3600, 'Label', `{\\pos(${x},${y + dy})\\fs${size}\\fsp${spacing}}${words}`)
  return [line(40, 6, -62, over), line(84, 0, 8, text)]
}

/** ASS counts hundredths of a second: rounded down, an event starts before its first frame and ends before the next one. */
const event = (depth: number, start: number, end: number, style: string, text: string): string =>
  `Dialogue: ${depth},${clock(start)},${clock(end)},${style},${text}`

function clock(seconds: number): string {
  const hundredths = Math.floor(seconds * 100 + 1e-6)
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(hundredths / 6000)
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`
}

/** libass places a drawing by its bounding box only where that begins at 0, 0: so the outline is moved there. */
function outline(strokes: readonly Stroke[]): Shape {
  const points = strokes.flatMap(([, ...ends]) => ends)
  const [left, right] = range(points.map(([x]) => x))
  const [top, bottom] = range(points.map(([, y]) => y))
  const path = strokes.map(([kind, ...ends]) =>
    [kind, ...ends.flatMap(([x, y]) => [n(x - left), n(y - top)])].join(' '),
  )
  return { path: path.join(' '), middle: [(left + right) / 2, (top + bottom) / 2] }
}

const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)]

/** Tenths of a pixel: enough for smooth motion, and short. */
const n = (value: number): string => String(Math.round(value * 10) / 10)
const hex = (value: number): string =>
  Math.round(Math.min(Math.max(value, 0), 255))
    .toString(16)
    .padStart(2, '0')
