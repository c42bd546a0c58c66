import { type Colours, LANES, type Lanes, type View } from './lanes.ts'
import { rulerLabel, rulerStep } from './scale.ts'

type Context = CanvasRenderingContext2D

const FONT = '500 11px "Inter Variable", system-ui, sans-serif'

export function drawRuler(context: Context, durationSeconds: number, view: View, { soft, line }: Colours) {
  const step = rulerStep(view.perSecond)
  const last = Math.min(durationSeconds, view.first + view.widthPx / view.perSecond)
  context.font = FONT
  context.textBaseline = 'alphabetic'
  for (let index = Math.floor(view.first / step); index * step <= last; index++) {
    const x = Math.round((index * step - view.first) * view.perSecond)
    context.fillStyle = line
    context.fillRect(x, 4, 1, LANES.ruler - 4)
    context.fillStyle = soft
    context.fillText(rulerLabel(index * step, step), x + 4, 13)
  }
}

/** What a lane shows, in its corner. */
export function drawLabels(context: Context, lanes: Lanes, { ink, sunken }: Colours): void {
  const label = (text: string, top: number) => {
    context.font = FONT
    const { width } = context.measureText(text)
    context.globalAlpha = 0.85
    context.fillStyle = sunken
    context.fillRect(0, top, width + 8, 15)
    context.globalAlpha = 1
    context.fillStyle = ink
    context.fillText(text, 4, top + 11)
  }
  if (lanes.sound !== null) label('Sound', lanes.sound)
  label('Motion', lanes.motion)
}
