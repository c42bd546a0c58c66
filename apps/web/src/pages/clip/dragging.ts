import { type PointerEvent as ReactPointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

export interface Drag {
  /** Pixels that the pointer has gone, with what was scrolled meanwhile. */
  readonly dx: number
  readonly dy: number
  readonly clientX: number
  readonly altKey: boolean
}

interface DragOptions {
  /** Whether it is under way already when the pointer goes down: a handle; otherwise it begins with a movement, or by holding a finger. */
  readonly atOnce?: boolean
  /** Whether a finger takes hold by moving, too: of what does not scroll its way. */
  readonly byFinger?: boolean
  /** The element that scrolls below what is dragged. */
  readonly scroller?: React.RefObject<HTMLElement | null>
  readonly onMove: (drag: Drag) => void
  /** `null` where it was given up. */
  readonly onEnd: (drag: Drag | null) => void
}

/** From so many pixels on a press is a drag. */
const BEGIN_PX = 5
/** A finger that stays for so long takes hold; one that moves before scrolls. */
const HOLD_MS = 280
const EDGE_PX = 40

/** Dragging by mouse, pen and finger; Escape gives it up. Returns what starts it, and whether it is under way. */
export function useDrag({ atOnce = false, byFinger = false, scroller, onMove, onEnd }: DragOptions) {
  const [isDragging, setDragging] = useState(false)
  const handlers = useRef({ onMove, onEnd })
  useLayoutEffect(() => {
    handlers.current = { onMove, onEnd }
  })
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])

  function onPointerDown(down: ReactPointerEvent<HTMLElement>): void {
    if (down.button !== 0 || !down.isPrimary) return
    stop.current?.()
    const ends = new AbortController()
    const { signal } = ends
    const scrolled = () => scroller?.current?.scrollLeft ?? 0
    const from = { x: down.clientX + scrolled(), y: down.clientY, id: down.pointerId }
    let last: Drag = { dx: 0, dy: 0, clientX: down.clientX, altKey: down.altKey }
    let begun = false
    const begin = () => {
      begun = true
      setDragging(true)
    }
    const end = (drag: Drag | null) => {
      clearTimeout(hold)
      ends.abort()
      stop.current = null
      setDragging(false)
      if (!begun) return
      swallowClick()
      handlers.current.onEnd(drag)
    }
    const holds = down.pointerType === 'touch' && !byFinger
    const hold = holds && !atOnce ? setTimeout(begin, HOLD_MS) : undefined
    if (atOnce) {
      down.preventDefault()
      down.currentTarget.focus({ preventScroll: true })
      begin()
    }
    const move = (event: PointerEvent) => {
      if (event.pointerId !== from.id) return
      if (!begun) {
        const far = Math.hypot(event.clientX - down.clientX, event.clientY - from.y) >= BEGIN_PX
        if (!far) return
        if (holds) return end(null)
        begin()
      }
      scrollAtEdge(scroller?.current ?? null, event.clientX)
      const dx = event.clientX + scrolled() - from.x
      const drag = { dx, dy: event.clientY - from.y, clientX: event.clientX, altKey: event.altKey }
      last = drag
      // Drawn at once: whoever lets go right after it lets go of what it made, and not of what was there before.
      flushSync(() => handlers.current.onMove(drag))
    }
    window.addEventListener('pointermove', move, { signal })
    window.addEventListener('pointerup', (event) => event.pointerId === from.id && end(last), { signal })
    window.addEventListener('pointercancel', () => end(null), { signal })
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        end(null)
      },
      { signal, capture: true },
    )
    // What a finger holds does not scroll the page.
    window.addEventListener('touchmove', (event) => begun && event.preventDefault(), {
      signal,
      passive: false,
    })
    stop.current = () => end(null)
  }
  return { onPointerDown, isDragging }
}

/** The click with which the press of a drag ends is none, whenever the button is let go; one by the keyboard counts. */
function swallowClick(): void {
  const ends = new AbortController()
  const options = { capture: true, signal: ends.signal }
  window.addEventListener('pointerdown', () => ends.abort(), options)
  window.addEventListener(
    'click',
    (event) => {
      if (event.detail === 0) return
      ends.abort()
      event.preventDefault()
      event.stopPropagation()
    },
    options,
  )
}

function scrollAtEdge(element: HTMLElement | null, clientX: number): void {
  if (element === null) return
  const { left, right } = element.getBoundingClientRect()
  if (clientX < left + EDGE_PX) element.scrollLeft -= 8
  else if (clientX > right - EDGE_PX) element.scrollLeft += 8
}
