import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react'
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { formatExact } from '../../../format.ts'
import { IconButton } from '../../../ui/button.tsx'
import { keepFocus } from '../../../ui/shortcuts.tsx'
import { FLAWS } from './draw.ts'
import { lanesOf } from './lanes.ts'
import { Legend } from './legend.tsx'
import { Playhead } from './playhead.tsx'
import { SegmentLane } from './segment-lane.tsx'
import { speechWords } from './speech-words.ts'
import { TimelineCanvas } from './timeline-canvas.tsx'
import type { TimelineProps } from './timeline-props.ts'
import { useDrawn } from './use-drawn.ts'
import { useView } from './use-view.ts'

const ZOOM = 1.6

/** A source over time: its pictures and sound, what was measured, and its segments. */
export function Timeline(props: TimelineProps) {
  const { source, duration, frameRate, player, keys } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { view, contentPx, canZoomIn, canZoomOut, zoom, fit, reveal } = useView(scroller, duration, frameRate)
  const drawn = useDrawn(source)
  const [hover, setHover] = useState<number | null>(null)
  const lanes = lanesOf(source.probe?.audio !== null)
  const zoomHere = (factor: number) => zoom(factor, player.view().seconds)
  useEffect(() => {
    keys.current = { zoom: zoomHere, fit }
  })

  const secondsAt = (clientX: number): number => {
    const left = scroller.current?.getBoundingClientRect().left ?? 0
    const px = clientX - left + (scroller.current?.scrollLeft ?? 0)
    return Math.min(duration, Math.max(0, px / view.perSecond))
  }
  useWheelZoom(scroller, (factor, clientX) => zoom(factor, secondsAt(clientX)))

  const scrub = (event: PointerEvent) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    player.pause()
    player.seek(secondsAt(event.clientX))
  }
  const move = (event: PointerEvent) => {
    const seconds = secondsAt(event.clientX)
    setHover(seconds)
    if (event.currentTarget.hasPointerCapture(event.pointerId)) player.seek(seconds)
  }
  return (
    <section aria-label="Timeline" className="rounded-xl border border-line bg-surface">
      <div className="flex items-center gap-3 py-1 pr-1 pl-3">
        <Legend features={drawn.features} hasSound={lanes.sound !== null} />
        <p className="ml-auto truncate text-[12px] text-soft tabular-nums max-sm:hidden" aria-hidden>
          {hover !== null && hoverWords(drawn.features, hover)}
        </p>
        <div role="toolbar" aria-label="Zoom" onMouseDown={keepFocus} className="flex shrink-0">
          <IconButton
            size="small"
            label="Zoom out"
            shortcut="-"
            aria-disabled={!canZoomOut}
            icon={<ZoomOut className="size-4" />}
            onClick={() => zoomHere(1 / ZOOM)}
          />
          <IconButton
            size="small"
            label="Zoom in"
            shortcut="+"
            aria-disabled={!canZoomIn}
            icon={<ZoomIn className="size-4" />}
            onClick={() => zoomHere(ZOOM)}
          />
          <IconButton
            size="small"
            label="Show the whole source"
            shortcut="0"
            aria-disabled={!canZoomOut}
            icon={<Maximize2 className="size-4" />}
            onClick={fit}
          />
        </div>
      </div>
      {drawn.features?.hasAudio && drawn.features.speech && (
        <p className="sr-only">{speechWords(drawn.features.speech)}</p>
      )}
      <div ref={scroller} className="relative overflow-x-auto overflow-y-hidden border-t border-line pb-1">
        <div className="relative" style={{ width: contentPx }}>
          <div
            onPointerDown={scrub}
            onPointerMove={move}
            onPointerLeave={() => setHover(null)}
            className="sticky left-0 cursor-text touch-pan-x"
            style={{ width: view.widthPx, height: lanes.height }}
          >
            <TimelineCanvas drawn={drawn} view={useStable(view)} height={lanes.height} />
          </div>
          <SegmentLane {...props} perSecond={view.perSecond} view={view} secondsAt={secondsAt} />
          <Playhead player={player} perSecond={view.perSecond} onMove={reveal} />
        </div>
      </div>
    </section>
  )
}

type TimelineView = ReturnType<typeof useView>['view']

/** The same object while nothing in it changes, so that nothing is drawn anew. */
function useStable({ first, perSecond, widthPx }: TimelineView): TimelineView {
  return useMemo(() => ({ first, perSecond, widthPx }), [first, perSecond, widthPx])
}

function hoverWords(features: ReturnType<typeof useDrawn>['features'], seconds: number): string {
  if (!features) return formatExact(seconds)
  const index = Math.floor(seconds * features.samplesPerSecond)
  const motion = features.motion[index]
  const loudness = features.loudness[index]
  const isThere = ({ start, end }: { readonly start: number; readonly end: number }) =>
    seconds >= start && seconds < end
  const flaw = features.flaws.find(isThere)
  return [
    formatExact(seconds),
    motion !== undefined && `motion ${Math.round(motion * 100)} %`,
    features.hasAudio && loudness !== undefined && `${Math.round(loudness)} dB`,
    features.speech?.some(isThere) && 'speech',
    flaw && FLAWS[flaw.flaw].label.toLowerCase(),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Ctrl with the wheel, and pinching on a touch pad, which is the same to a page. */
function useWheelZoom(
  scroller: React.RefObject<HTMLDivElement | null>,
  onZoom: (factor: number, clientX: number) => void,
): void {
  const zoom = useRef(onZoom)
  useEffect(() => {
    zoom.current = onZoom
  })
  useEffect(() => {
    const element = scroller.current
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      zoom.current(Math.exp(-event.deltaY / 200), event.clientX)
    }
    element?.addEventListener('wheel', turn, { passive: false })
    return () => element?.removeEventListener('wheel', turn)
  }, [scroller])
}
