import { useEffect, useRef } from 'react'
import type { Job } from '../../data/jobs.ts'

interface WaitingList {
  readonly data: readonly Job[] | undefined
  readonly refetch: () => unknown
}

/** Changes come in groups: a job ends, and another begins. */
const SETTLED_MS = 300

/** Why a job waits is no event of its own: it is asked for anew when what runs or waits has changed. */
export function useReasons(running: readonly Job[] | undefined, lists: readonly WaitingList[]): void {
  const waiting = lists.flatMap(({ data }) => data ?? [])
  const unsaid = waiting.filter(({ waitsFor }) => waitsFor === null)
  const seen = [...(running ?? []), ...unsaid]
    .map(({ id, state, attempt }) => `${id} ${state} ${attempt}`)
    .join()
  const latest = useRef(lists)
  useEffect(() => {
    latest.current = lists
  })
  const isWaiting = waiting.length > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when `seen` has changed.
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => {
      for (const { data = [], refetch } of latest.current) if (data.length > 0) refetch()
    }, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [seen, isWaiting])
}
