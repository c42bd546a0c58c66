import { Star } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { Segment } from '../../../data/segments.ts'
import { formatClock, formatExact } from '../../../format.ts'
import { cx } from '../../../ui/class-names.ts'
import { keepFocus } from '../../../ui/shortcuts.tsx'
import { frameEnd, frameStart, moveEdge } from '../frames.ts'
import { segmentLabel, segmentName } from '../segment-words.ts'
import type { TimelineProps } from './timeline-props.ts'

type Edge = 'start' | 'end'
type Times = Pick<Segment, 'start' | 'end'>

interface SegmentBarProps
  extends Pick<TimelineProps, 'duration' | 'frameRate' | 'player' | 'onSelect' | 'onChange'> {
  readonly segment: Segment
  readonly isSelected: boolean
  readonly perSecond: number
  readonly secondsAt: (clientX: number) => number
  /** Pixels from the top of the lane. */
  readonly top: number
}

/** Narrower bars say when they begin, and still narrower ones nothing. */
const LEAST_NAME_PX = 84
const LEAST_TIME_PX = 28
/** Changes by the keyboard are sent once the keys rest. */
const REST_MS = 500

/** One segment on the timeline; the edges of the selected one can be dragged, and nudged by frames. */
export function SegmentBar(props: SegmentBarProps) {
  const { segment, isSelected, perSecond, top, player, onSelect, onChange } = props
  const [draft, setDraft] = useState<Times | null>(null)
  const { start, end } = draft ?? segment
  const width = Math.max(3, (end - start) * perSecond)
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const unsent = useRef<Times | null>(null)

  const change = (edge: Edge, seconds: number) => {
    const { duration, frameRate } = props
    const snapped =
      edge === 'start'
        ? frameStart(seconds, frameRate, duration)
        : frameEnd(seconds - 0.5 / frameRate, frameRate, duration)
    const times = moveEdge({ start, end }, edge, snapped, duration)
    unsent.current = times
    setDraft(times)
    // The picture at the edge: the first one, or the last.
    player.seek(edge === 'start' ? times.start : times.end - 0.5 / frameRate)
  }
  const send = useRef(() => {})
  useEffect(() => {
    send.current = () => {
      clearTimeout(rest.current)
      const times = unsent.current
      unsent.current = null
      setDraft(null)
      if (times && (times.start !== segment.start || times.end !== segment.end)) onChange(segment, times)
    }
  })
  // What was nudged just before it went out of sight counts.
  useEffect(() => () => send.current(), [])
  const nudge = (edge: Edge, frames: number) => {
    change(edge, (edge === 'start' ? start : end) + frames / props.frameRate)
    clearTimeout(rest.current)
    rest.current = setTimeout(() => send.current(), REST_MS)
  }
  return (
    <div className="absolute h-6" style={{ left: start * perSecond, width, top }}>
      <button
        type="button"
        aria-pressed={isSelected}
        aria-label={`Segment ${segmentLabel(segment)}`}
        onMouseDown={keepFocus}
        onClick={() => {
          onSelect(segment.id)
          player.seek(segment.start)
        }}
        className={cx(
          'flex size-full cursor-pointer items-center gap-1 overflow-hidden rounded-md border text-left font-medium whitespace-nowrap -outline-offset-2',
          width >= LEAST_NAME_PX ? 'px-1.5 text-[12px]' : 'justify-center text-[11px] tracking-tight',
          isSelected
            ? 'border-accent bg-accent text-on-accent'
            : segment.origin === 'marked'
              ? 'border-accent/50 bg-accent-wash text-accent hover:border-accent'
              : 'border-edge/50 bg-sunken text-soft hover:border-edge hover:text-ink',
        )}
      >
        {segment.favourite && <Star className="size-3 shrink-0 fill-current" aria-hidden />}
        {width >= LEAST_NAME_PX ? (
          <span className="truncate">{segmentName({ ...segment, start, end })}</span>
        ) : (
          width >= LEAST_TIME_PX && !segment.favourite && formatClock(start)
        )}
      </button>
      {isSelected && (
        <>
          <Handle {...props} edge="start" value={start} onMove={change} onEnd={send} onNudge={nudge} />
          <Handle {...props} edge="end" value={end} onMove={change} onEnd={send} onNudge={nudge} />
        </>
      )}
    </div>
  )
}

interface HandleProps extends Pick<SegmentBarProps, 'secondsAt' | 'duration' | 'segment'> {
  readonly edge: Edge
  readonly value: number
  readonly onMove: (edge: Edge, seconds: number) => void
  readonly onEnd: { readonly current: () => void }
  readonly onNudge: (edge: Edge, frames: number) => void
}

const FRAMES: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }

function Handle({ edge, value, duration, segment, secondsAt, onMove, onEnd, onNudge }: HandleProps) {
  const press = (event: KeyboardEvent) => {
    const frames = FRAMES[event.key]
    if (frames === undefined) return
    event.preventDefault()
    onNudge(edge, event.shiftKey ? frames * 10 : frames)
  }
  const drag = (event: PointerEvent) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(edge, secondsAt(event.clientX))
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`${edge === 'start' ? 'Start' : 'End'} of ${segmentLabel(segment)}`}
      aria-valuemin={0}
      aria-valuemax={duration}
      aria-valuenow={value}
      aria-valuetext={formatExact(value)}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onPointerUp={() => onEnd.current()}
      className={cx(
        'absolute inset-y-0 z-10 w-3 cursor-ew-resize touch-none',
        'after:absolute after:inset-y-1 after:w-1 after:rounded-full after:bg-on-accent/80',
        edge === 'start' ? '-left-1 after:left-1.5' : '-right-1 after:right-1.5',
      )}
    />
  )
}
