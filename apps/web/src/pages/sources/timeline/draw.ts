import type { Schemas } from '../../../api/client.ts'
import { drawLabels, drawRuler } from './draw-ruler.ts'
import { drawSpeechBand, drawSpeechBar } from './draw-speech.ts'
import { type Colours, LANES, type Lanes, lanesOf, type View } from './lanes.ts'
import { extremes } from './scale.ts'

type Features = Schemas['SourceFeatures']
type Strip = NonNullable<Schemas['SourceSummary']['filmstrip']>

export interface Drawn {
  readonly durationSeconds: number
  readonly strip: Strip | null
  /** The filmstrip, once it is there. */
  readonly pictures: HTMLImageElement | null
  readonly features: Features | undefined
  readonly peaks: Int8Array | undefined
  readonly peaksPerSecond: number | null
}

/** The colours of the theme that an element stands in. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    ink: colour('ink'),
    soft: colour('soft'),
    line: colour('line'),
    sunken: colour('sunken'),
    accent: colour('accent'),
    good: colour('good'),
    warn: colour('warn'),
    bad: colour('bad'),
  }
}

/** How stretches that are not worth showing are hatched: a colour, and which way the lines lean. */
export const FLAWS = {
  black: { label: 'Black', colour: 'ink', lean: 1 },
  plain: { label: 'Plain', colour: 'soft', lean: -1 },
  dead: { label: 'Nothing moves', colour: 'bad', lean: 1 },
  blurred: { label: 'Blurred', colour: 'warn', lean: -1 },
} as const satisfies Record<Features['flaws'][number]['flaw'], object>

/** Loudness below this is drawn as silence, dBFS. */
const QUIETEST = -60

type Context = CanvasRenderingContext2D

/** Draws what is in sight, in CSS pixels. */
export function drawTimeline(context: Context, drawn: Drawn, view: View, colours: Colours): void {
  const lanes = lanesOf(drawn.features?.hasAudio ?? drawn.peaksPerSecond !== null)
  const { durationSeconds, features } = drawn
  const end = Math.min(view.widthPx, (durationSeconds - view.first) * view.perSecond)
  context.clearRect(0, 0, view.widthPx, lanes.height)
  context.fillStyle = colours.sunken
  context.fillRect(0, lanes.film, end, LANES.film)
  if (lanes.sound !== null) context.fillRect(0, lanes.sound, end, LANES.sound)
  context.fillRect(0, lanes.motion, end, LANES.motion)
  drawRuler(context, durationSeconds, view, colours)
  drawFilm(context, drawn, view, lanes.film)
  if (lanes.sound !== null) {
    if (features?.speech) drawSpeechBand(context, features.speech, view, lanes.sound, colours)
    drawPeaks(context, drawn, view, lanes.sound, colours)
  }
  if (features) {
    drawCurves(context, features, view, lanes, colours)
    drawFlaws(context, features, view, lanes, colours)
    if (lanes.sound !== null && features.speech)
      drawSpeechBar(context, features.speech, view, lanes.sound, colours)
    drawCuts(context, features, view, lanes, colours)
  }
  drawLabels(context, lanes, colours)
}

function drawFilm(context: Context, { strip, pictures, durationSeconds }: Drawn, view: View, top: number) {
  if (strip === null || pictures === null) return
  const width = (LANES.film * strip.tileWidth) / strip.tileHeight
  const firstSlot = Math.floor((view.first * view.perSecond) / width)
  for (let slot = firstSlot; ; slot++) {
    const left = slot * width - view.first * view.perSecond
    const seconds = ((slot + 0.5) * width) / view.perSecond
    const end = Math.min(view.widthPx, (durationSeconds - view.first) * view.perSecond)
    if (left >= end) break
    const tile = Math.min(
      strip.count - 1,
      Math.round(Math.min(seconds, durationSeconds) / strip.secondsPerTile),
    )
    const part = Math.min(1, (end - left) / width)
    context.drawImage(
      pictures,
      (tile % strip.columns) * strip.tileWidth,
      Math.floor(tile / strip.columns) * strip.tileHeight,
      strip.tileWidth * part,
      strip.tileHeight,
      left,
      top,
      width * part,
      LANES.film,
    )
  }
}

function drawPeaks(context: Context, drawn: Drawn, view: View, top: number, { soft }: Colours): void {
  const { peaks, peaksPerSecond } = drawn
  if (!peaks || !peaksPerSecond) return
  const middle = top + LANES.sound / 2
  const scale = (LANES.sound / 2 - 2) / 127
  context.fillStyle = soft
  context.globalAlpha = 0.55
  const perPixel = peaksPerSecond / view.perSecond
  for (let x = 0; x < view.widthPx; x++) {
    const from = Math.floor(view.first * peaksPerSecond + x * perPixel)
    const to = Math.max(from + 1, Math.floor(view.first * peaksPerSecond + (x + 1) * perPixel))
    if (from * 2 >= peaks.length) break
    let low = 127
    let high = -127
    for (let index = from; index < to && index * 2 + 1 < peaks.length; index++) {
      low = Math.min(low, peaks[index * 2] ?? 0)
      high = Math.max(high, peaks[index * 2 + 1] ?? 0)
    }
    context.fillRect(x, middle - high * scale, 1, Math.max(1, (high - low) * scale))
  }
  context.globalAlpha = 1
}

function drawCurves(context: Context, features: Features, view: View, lanes: Lanes, colours: Colours): void {
  const perSample = 1 / features.samplesPerSecond
  const motion = extremes(features.motion, perSample, view)
  const floor = lanes.motion + LANES.motion
  // The root, since what a hand does to a camera is far below what a cut does.
  const heightOf = (value: number) => Math.sqrt(Math.min(1, Math.max(0, value))) * (LANES.motion - 3)
  context.beginPath()
  context.moveTo(0, floor)
  motion.forEach((value, x) => {
    context.lineTo(x, floor - heightOf(value))
  })
  context.lineTo(Math.max(0, motion.length - 1), floor)
  context.closePath()
  context.fillStyle = colours.accent
  context.globalAlpha = 0.28
  context.fill()
  context.globalAlpha = 1
  context.strokeStyle = colours.accent
  context.lineWidth = 1.25
  context.stroke()
  if (lanes.sound === null || !features.hasAudio) return
  const bottom = lanes.sound + LANES.sound - 1.5
  context.beginPath()
  extremes(features.loudness, perSample, view).forEach((level, x) => {
    const part = Math.min(1, Math.max(0, 1 - level / QUIETEST))
    context.lineTo(x, bottom - part * (LANES.sound - 3))
  })
  context.strokeStyle = colours.warn
  context.stroke()
}

/** Cuts that are closer on the screen are drawn as one. */
const LEAST_CUT_PX = 3

function drawCuts(context: Context, { cuts }: Features, view: View, lanes: Lanes, { ink }: Colours): void {
  context.fillStyle = ink
  let before = Number.NEGATIVE_INFINITY
  for (const cut of cuts) {
    const x = Math.round((cut - view.first) * view.perSecond)
    if (x < 0 || x - before < LEAST_CUT_PX) continue
    if (x > view.widthPx) break
    before = x
    context.globalAlpha = 0.5
    context.fillRect(x, lanes.film, 1, lanes.height - lanes.film)
    context.globalAlpha = 1
    // A notch on the ruler, where nothing lies behind it.
    context.beginPath()
    context.moveTo(x - 3, lanes.film - 5)
    context.lineTo(x + 4, lanes.film - 5)
    context.lineTo(x + 0.5, lanes.film)
    context.fill()
  }
  context.globalAlpha = 1
}

const HATCH_PX = 7

function drawFlaws(context: Context, { flaws }: Features, view: View, lanes: Lanes, colours: Colours): void {
  for (const { start, end, flaw } of flaws) {
    const left = Math.max(0, (start - view.first) * view.perSecond)
    const right = Math.min(view.widthPx, (end - view.first) * view.perSecond)
    if (right <= left) continue
    const { colour, lean } = FLAWS[flaw]
    const height = lanes.height - lanes.film
    context.save()
    context.beginPath()
    context.rect(left, lanes.film, Math.max(1, right - left), height)
    context.clip()
    context.fillStyle = colours.sunken
    context.globalAlpha = 0.55
    context.fillRect(left, lanes.film, right - left, height)
    context.globalAlpha = 0.8
    context.strokeStyle = colours[colour]
    context.lineWidth = 1.25
    context.beginPath()
    // The lines belong to the source, not to the screen: they move with it.
    const shift = (view.first * view.perSecond) % HATCH_PX
    for (let x = left - height - (left % HATCH_PX) - shift; x < right + height; x += HATCH_PX) {
      context.moveTo(x, lean === 1 ? lanes.height : lanes.film)
      context.lineTo(x + height, lean === 1 ? lanes.film : lanes.height)
    }
    context.stroke()
    context.restore()
  }
}
