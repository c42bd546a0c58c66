import { useEffect, useState } from 'react'
import { createStore } from '../store.ts'

/** Pixels per millisecond, about two screens a second: nobody sees a picture that is on the screen for a moment. */
const FAST = 2
/** After the last scrolling by so many milliseconds the page stands still. */
const STILL_MS = 120

/** Whether the page is scrolled so fast that what comes by is not looked at. */
const isRushing = createStore(false)
let last = { y: 0, at: 0 }
let still: ReturnType<typeof setTimeout> | undefined

addEventListener(
  'scroll',
  ({ timeStamp }) => {
    const elapsed = timeStamp - last.at
    if (elapsed < STILL_MS) isRushing.set(Math.abs(scrollY - last.y) > FAST * elapsed)
    last = { y: scrollY, at: timeStamp }
    clearTimeout(still)
    still = setTimeout(() => isRushing.set(false), STILL_MS)
  },
  { passive: true },
)

/**
 * Whether something has been on the page while it was not rushed through. What is rushed past need not be loaded: thousands of pictures would be
 * asked for and decoded that nobody sees.
 */
export function useCalm(): boolean {
  const rushes = isRushing.use()
  const [wasCalm, setWasCalm] = useState(!rushes)
  useEffect(() => {
    if (!rushes) setWasCalm(true)
  }, [rushes])
  return wasCalm
}
