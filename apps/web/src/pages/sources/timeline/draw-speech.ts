import type { Schemas } from '../../../api/client.ts'
import { type Colours, LANES, type View } from './lanes.ts'

type Context = CanvasRenderingContext2D
type Speech = NonNullable<Schemas['SourceFeatures']['speech']>

/** Height of the bar at the foot of the sound, CSS pixels. */
const BAR = 4

/** Where somebody speaks, as a band for behind the waveform. */
export const drawSpeechBand = (context: Context, speech: Speech, view: View, top: number, colours: Colours) =>
  drawRanges(context, speech, view, { top, height: LANES.sound, opacity: 0.18 }, colours)

/** The same as a bar, for above the hatching: somebody may speak where nothing moves. */
export const drawSpeechBar = (context: Context, speech: Speech, view: View, top: number, colours: Colours) =>
  drawRanges(context, speech, view, { top: top + LANES.sound - BAR, height: BAR, opacity: 1 }, colours)

function drawRanges(
  context: Context,
  speech: Speech,
  view: View,
  band: { readonly top: number; readonly height: number; readonly opacity: number },
  { good }: Colours,
): void {
  context.fillStyle = good
  context.globalAlpha = band.opacity
  for (const { start, end } of speech) {
    const left = Math.max(0, Math.round((start - view.first) * view.perSecond))
    const right = Math.min(view.widthPx, Math.round((end - view.first) * view.perSecond))
    if (end <= view.first || left >= view.widthPx) continue
    context.fillRect(left, band.top, Math.max(1, right - left), band.height)
  }
  context.globalAlpha = 1
}
