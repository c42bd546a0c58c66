import type { KeyboardEvent, RefObject } from 'react'
import { cx } from '../../../ui/class-names.ts'
import { useDrag } from '../dragging.ts'
import { millis } from '../numbers.ts'
import type { Edge } from './edit.ts'

/** Frames that Shift goes at once. */
export const LARGE_STEP = 10

interface TrimHandleProps {
  readonly edge: Edge
  readonly label: string
  /** Seconds of the source. */
  readonly value: number
  readonly valueText: string
  /** Whether its cut is selected: otherwise it shows below the pointer only, and Tab passes it. */
  readonly isShown: boolean
  readonly scroller: RefObject<HTMLElement | null>
  /** Pixels of a second. */
  readonly scale: number
  /** `isRoll`: the neighbour gives what the cut takes, and the other way round. */
  readonly onTrim: (seconds: number, isRoll: boolean) => void
  readonly onTrimmed: (isDone: boolean) => void
  readonly onNudge: (frames: number, isRoll: boolean) => void
  readonly onGrab: () => void
}

/** The edge of a cut, to be dragged, or moved with the arrows by a frame. */
export function TrimHandle(props: TrimHandleProps) {
  const { edge, isShown, scale, scroller } = props
  const { onPointerDown, isDragging } = useDrag({
    atOnce: true,
    scroller,
    onMove: ({ dx, altKey }) => props.onTrim(dx / scale, altKey),
    onEnd: (drag) => props.onTrimmed(drag !== null),
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key]
    if (direction === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    props.onNudge(direction * (event.shiftKey ? LARGE_STEP : 1), event.altKey)
  }
  return (
    <div
      role="slider"
      aria-label={props.label}
      aria-valuenow={millis(props.value)}
      aria-valuetext={props.valueText}
      tabIndex={isShown ? 0 : -1}
      onPointerDown={(event) => {
        props.onGrab()
        onPointerDown(event)
      }}
      onKeyDown={onKeyDown}
      className={cx(
        'absolute inset-y-0 flex w-3 touch-none items-center justify-center bg-accent transition-opacity',
        // Fingers get more to hold on to.
        'after:absolute after:inset-y-0 pointer-coarse:after:w-8',
        edge === 'start' ? 'left-0 rounded-l-md after:right-0' : 'right-px rounded-r-md after:left-0',
        isShown || isDragging
          ? 'cursor-ew-resize'
          : 'cursor-ew-resize opacity-0 group-hover/cut:opacity-60 pointer-coarse:pointer-events-none pointer-coarse:opacity-0',
      )}
    >
      <span className="h-5 w-0.5 rounded-full bg-on-accent" aria-hidden />
    </div>
  )
}
