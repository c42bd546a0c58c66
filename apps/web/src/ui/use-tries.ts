import { useCallback, useEffect, useState } from 'react'
import { useConnection } from '../data/event-stream.ts'

const FIRST_MS = 1000
const LONGEST_MS = 30_000
/** What is not there after some minutes is not asked for again before the page is. */
const MOST_TRIES = 8

/** How long to wait before a try after so many; `null` for no further one. */
export const waitBefore = (tries: number): number | null =>
  tries >= MOST_TRIES ? null : Math.min(LONGEST_MS, FIRST_MS * 2 ** tries)

/**
 * Which try it is of something that a page loads by its address, such as a picture, which says nothing of why it failed. After `failed`, there is
 * another one, later each time; while the connection is lost there is none, and a first one once it is back.
 */
export function useTries(): {
  readonly attempt: number
  readonly isFailed: boolean
  readonly failed: () => void
} {
  const connection = useConnection()
  const [attempt, setAttempt] = useState(0)
  const [isFailed, setIsFailed] = useState(false)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (!isFailed) return
    if (connection === 'lost') return setTries(0)
    const waitMs = waitBefore(tries)
    if (waitMs === null) return
    const timer = setTimeout(() => {
      setIsFailed(false)
      setTries(tries + 1)
      setAttempt((before) => before + 1)
    }, waitMs)
    return () => clearTimeout(timer)
  }, [isFailed, connection, tries])
  return { attempt, isFailed, failed: useCallback(() => setIsFailed(true), []) }
}
