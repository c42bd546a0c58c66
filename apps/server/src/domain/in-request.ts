import { randomUUID } from 'node:crypto'
import { createScratch } from '../scratch/scratch.ts'
import type { Job, Studio } from './job.ts'
import { createSlots } from './slots.ts'

/** Apart from the places for heavy work, which a render has for minutes while a request waits. */
const places = createSlots(2)

/**
 * Runs work of a moment that a request waits for, with scratch of its own as every job has; nobody is told of it. However many requests
 * ask, little of it runs at once, in turns of the profiles.
 */
export function inRequest<T>(studio: Studio, profileId: string, work: (job: Job) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  return places.run(profileId, stop.signal, async () => {
    const { dataDir } = studio
    await using scratch = await createScratch({ dataDir, profileId, jobId: randomUUID(), attempt: 1 })
    const profile = { id: profileId, name: '' }
    return await work({ studio, profile, scratch, stop, signal: stop.signal, report: () => undefined })
  })
}
