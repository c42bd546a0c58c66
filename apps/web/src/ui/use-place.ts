import { type RefObject, useLayoutEffect, useState } from 'react'

/** Where an element stands in the page and how wide it is, in pixels, kept true. All 0 before it was laid out. */
export function usePlace(element: RefObject<HTMLElement | null>): {
  readonly top: number
  readonly width: number
} {
  const [top, setTop] = useState(0)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return
    const measure = () => {
      setWidth(current.clientWidth)
      setTop(current.getBoundingClientRect().top + window.scrollY)
    }
    measure()
    // What stands above it moves it.
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [element])
  return { top, width }
}
