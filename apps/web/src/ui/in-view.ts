import { type RefObject, useEffect, useState } from 'react'

/** Whether an element was on the screen, or near it, so far. */
export function useSeen(element: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (element.current === null || seen) return
    const observer = new IntersectionObserver(
      (entries) => setSeen(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: '200px' },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, seen])
  return seen
}

/** Calls back whenever an element comes near the screen: the end of a list, say. */
export function useOnNear(element: RefObject<Element | null>, onNear: (() => void) | null): void {
  useEffect(() => {
    if (element.current === null || onNear === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onNear()
      },
      { rootMargin: '600px' },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, onNear])
}
