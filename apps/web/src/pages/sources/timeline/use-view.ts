import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { scrollToKeep, zoomed, zoomLimits } from './scale.ts'

interface Spread {
  /** Pixels a second; `null` shows the whole source, however wide the page is. */
  readonly perSecond: number | null
  readonly widthPx: number
  readonly scrollPx: number
}

/** What of a source is in sight: an element that scrolls, and how far its content is spread. */
export function useView(scroller: RefObject<HTMLDivElement | null>, duration: number, frameRate: number) {
  const [spread, setSpread] = useState<Spread>({ perSecond: null, widthPx: 0, scrollPx: 0 })
  /** Where to scroll once the content is as wide as it will be. */
  const pending = useRef<number | null>(null)
  const { widthPx } = spread
  const limits = zoomLimits(widthPx, duration, frameRate)
  const perSecond = Math.max(limits.least, spread.perSecond ?? limits.least)

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setSpread((before) => ({ ...before, widthPx: element.clientWidth }))
    const scroll = () => setSpread((before) => ({ ...before, scrollPx: element.scrollLeft }))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', scroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', scroll)
    }
  }, [scroller])

  // biome-ignore lint/correctness/useExhaustiveDependencies: after the content has its new width.
  useLayoutEffect(() => {
    if (pending.current === null || !scroller.current) return
    scroller.current.scrollLeft = pending.current
    pending.current = null
  }, [perSecond])

  /** Zooms by a factor around a time, which stays at its place. */
  const zoom = (factor: number, aroundSeconds: number) => {
    const next = zoomed(perSecond, factor, limits)
    const scrollPx = scroller.current?.scrollLeft ?? 0
    const at = aroundSeconds * perSecond - scrollPx
    const atPx = at >= 0 && at <= widthPx ? at : widthPx / 2
    pending.current = scrollToKeep(aroundSeconds, atPx, next)
    setSpread((before) => ({ ...before, perSecond: next <= limits.least ? null : next }))
  }
  const fit = () => setSpread((before) => ({ ...before, perSecond: null }))
  /** Brings a time into sight where it is not. */
  const reveal = useCallback(
    (seconds: number) => {
      const element = scroller.current
      if (!element) return
      const x = seconds * perSecond - element.scrollLeft
      if (x < 0 || x > element.clientWidth) element.scrollLeft = seconds * perSecond - element.clientWidth / 8
    },
    [scroller, perSecond],
  )
  return {
    view: { first: spread.scrollPx / perSecond, perSecond, widthPx },
    contentPx: Math.round(perSecond * duration),
    canZoomOut: perSecond > limits.least,
    canZoomIn: perSecond < limits.most,
    zoom,
    fit,
    reveal,
  }
}
