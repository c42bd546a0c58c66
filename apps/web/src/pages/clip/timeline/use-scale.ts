import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Playback } from '../player/playback.ts'
import { fittedScale, zoomed } from './scale.ts'

/** The scale of a timeline, pixels of a second: fitted to its width until somebody zooms; then the playhead stays where it is. */
export function useScale(scroller: RefObject<HTMLElement | null>, seconds: number, playback: Playback) {
  const [width, setWidth] = useState(800)
  const [chosen, setChosen] = useState<number | null>(null)
  const scale = chosen ?? fittedScale(width, seconds)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const measure = () => {
      const { paddingLeft, paddingRight } = getComputedStyle(element)
      setWidth(element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])

  const before = useRef(scale)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element !== null && chosen !== null) element.scrollLeft += playback.time() * (scale - before.current)
    before.current = scale
  }, [scroller, playback, scale, chosen])

  const zoom = useCallback((steps: number) => setChosen(zoomed(scale, steps)), [scale])
  const fit = useCallback(() => setChosen(null), [])
  useEffect(() => {
    const element = scroller.current
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      setChosen((now) => zoomed(now ?? scale, -event.deltaY / 120))
    }
    element?.addEventListener('wheel', wheel, { passive: false })
    return () => element?.removeEventListener('wheel', wheel)
  }, [scroller, scale])
  return { scale, zoom, fit }
}
