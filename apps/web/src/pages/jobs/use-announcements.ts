import { useEffect, useRef, useState } from 'react'
import type { Job } from '../../data/jobs.ts'
import { changesSince } from './announce.ts'

/** Words for a live region: which jobs have begun and ended since it was last asked. */
export function useAnnouncements(jobs: readonly Job[] | undefined): string {
  const [said, setSaid] = useState('')
  const known = useRef<ReadonlyMap<string, Job['state']>>(new Map())
  useEffect(() => {
    if (jobs === undefined) return
    const words = changesSince(known.current, jobs)
    known.current = new Map(jobs.map(({ id, state }) => [id, state]))
    if (words !== '') setSaid(words)
  }, [jobs])
  return said
}
