import { type PointerEvent, useMemo, useRef, useState } from 'react'
import { cx } from '../../../ui/class-names.ts'
import { frameEnd, frameStart, type Marks } from '../frames.ts'
import type { View } from './lanes.ts'
import { rowsOf } from './scale.ts'
import { SegmentBar } from './segment-bar.tsx'
import type { TimelineProps } from './timeline-props.ts'

const ROW_PX = 26

interface SegmentLaneProps extends TimelineProps {
  readonly perSecond: number
  readonly view: View
  /** The time under a place on the screen. */
  readonly secondsAt: (clientX: number) => number
}

/** Segments as ranges, and the range that is being marked. Drawing on the empty lane marks one, too. */
export function SegmentLane(props: SegmentLaneProps) {
  const { segments, marks, onMarks, perSecond, view, duration, frameRate, secondsAt } = props
  const rows = useMemo(() => rowsOf(segments), [segments])
  const rowCount = Math.max(1, ...rows.map((row) => row + 1))
  const last = view.first + view.widthPx / view.perSecond
  const isSeen = ({ start, end }: { start: number; end: number }) => end >= view.first && start <= last
  const from = useRef<number | null>(null)
  const [isDrawing, setIsDrawing] = useState(false)

  const begin = (event: PointerEvent) => {
    if (event.button !== 0 || event.target !== event.currentTarget) return
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = secondsAt(event.clientX)
  }
  const draw = (event: PointerEvent) => {
    if (from.current === null) return
    const [a, b] = [from.current, secondsAt(event.clientX)].sort((x, y) => x - y) as [number, number]
    if (!isDrawing && (b - a) * perSecond < 4) return
    setIsDrawing(true)
    onMarks({ start: frameStart(a, frameRate, duration), end: frameEnd(b, frameRate, duration) })
  }
  const end = () => {
    from.current = null
    setIsDrawing(false)
  }
  return (
    <div
      onPointerDown={begin}
      onPointerMove={draw}
      onPointerUp={end}
      onPointerCancel={end}
      className="relative mt-1 cursor-crosshair touch-pan-x"
      style={{ height: rowCount * ROW_PX }}
    >
      <MarkedRange marks={marks} perSecond={perSecond} />
      {segments.map(
        (segment, index) =>
          isSeen(segment) && (
            <SegmentBar
              key={segment.id}
              {...props}
              segment={segment}
              isSelected={segment.id === props.selectedId}
              top={(rows[index] ?? 0) * ROW_PX}
            />
          ),
      )}
    </div>
  )
}

/** The marks, over all lanes: a line where only one of them is set. */
function MarkedRange({ marks, perSecond }: { readonly marks: Marks; readonly perSecond: number }) {
  const { start, end } = marks
  const at = start ?? end
  if (at === null) return null
  const width = start !== null && end !== null ? (end - start) * perSecond : 0
  return (
    <div
      aria-hidden
      className={cx(
        'pointer-events-none absolute bottom-0 z-10 h-[400px] border-good bg-good/15',
        start !== null && 'border-l-2',
        end !== null && 'border-r-2',
      )}
      style={{ left: at * perSecond, width: Math.max(2, width) }}
    />
  )
}
