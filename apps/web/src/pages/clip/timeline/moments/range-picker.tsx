import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import type { Source } from '../../../../data/sources.ts'
import { formatExact } from '../../../../format.ts'
import { cx } from '../../../../ui/class-names.ts'
import { useDrag } from '../../dragging.ts'
import { Filmstrip } from '../filmstrip.tsx'
import { type Range, ranged } from './range.ts'

const HEIGHT = 56

interface RangePickerProps {
  readonly source: Source
  readonly range: Range
  /** Seconds of one press of an arrow. */
  readonly frame: number
  readonly onChange: (range: Range) => void
}

/** A part of a source, chosen on its filmstrip by its edges, or moved as a whole. */
export function RangePicker({ source, range, frame, onChange }: RangePickerProps) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const duration = source.summary?.durationSeconds ?? 1
  const scale = width / duration
  const grip = (what: 'start' | 'end' | 'whole') => ({
    ...{ what, range, scale, frame },
    onMoveTo: (seconds: number) => onChange(ranged(range, what, seconds, duration)),
    duration,
  })
  return (
    <div ref={box} className="relative rounded-lg bg-sunken" style={{ height: HEIGHT }}>
      {width > 0 && (
        <>
          <div className="absolute inset-0 overflow-hidden rounded-lg">
            <Filmstrip source={source} start={0} scale={scale} width={width} height={HEIGHT} />
            <div className="absolute inset-y-0 left-0 bg-black/60" style={{ width: range.start * scale }} />
            <div className="absolute inset-y-0 right-0 bg-black/60" style={{ left: range.end * scale }} />
          </div>
          <Grip {...grip('whole')} />
          <Grip {...grip('start')} />
          <Grip {...grip('end')} />
        </>
      )}
    </div>
  )
}

interface GripProps {
  readonly what: 'start' | 'end' | 'whole'
  readonly range: Range
  readonly scale: number
  readonly frame: number
  readonly duration: number
  readonly onMoveTo: (seconds: number) => void
}

const NAMES = { start: 'Start', end: 'End', whole: 'The chosen part' } as const
const NO_SCROLLER = { current: null }

function Grip({ what, range, scale, frame, duration, onMoveTo }: GripProps) {
  const value = what === 'end' ? range.end : range.start
  const from = useRef(value)
  const { onPointerDown } = useDrag({
    atOnce: true,
    scroller: NO_SCROLLER,
    onMove: ({ dx }) => onMoveTo(from.current + dx / scale),
    onEnd: (drag) => drag === null && onMoveTo(from.current),
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (direction === undefined) return
    event.preventDefault()
    onMoveTo(value + direction * (event.shiftKey ? 1 : frame))
  }
  const left = range.start * scale
  const width = Math.max(4, (range.end - range.start) * scale)
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={NAMES[what]}
      aria-valuemin={0}
      aria-valuemax={duration}
      aria-valuenow={value}
      aria-valuetext={formatExact(value)}
      onPointerDown={(event) => {
        from.current = value
        onPointerDown(event)
      }}
      onKeyDown={onKeyDown}
      className={cx(
        'absolute -inset-y-0.5 touch-none',
        what === 'whole'
          ? 'cursor-grab rounded-md border-y-2 border-accent'
          : 'flex w-3 cursor-ew-resize items-center justify-center bg-accent after:absolute after:inset-y-0 pointer-coarse:after:w-8',
        what === 'start' && '-ml-3 rounded-l-md after:right-0',
        what === 'end' && 'rounded-r-md after:left-0',
      )}
      style={what === 'whole' ? { left, width } : { left: what === 'start' ? left : left + width }}
    >
      {what !== 'whole' && <span className="h-5 w-0.5 rounded-full bg-on-accent" aria-hidden />}
    </div>
  )
}
