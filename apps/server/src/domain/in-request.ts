import { randomUUID } from 'node:crypto'
import { createScratch } from '../scratch/scratch.ts'
import type { Job, Studio } from './job.ts'

/** Runs work of a moment that a request waits for, with scratch of its own as every job has; nobody is told of it. */
export async function inRequest<T>(
  studio: Studio,
  profileId: string,
  work: (job: Job) => Promise<T>,
): Promise<T> {
  const { dataDir } = studio
  await using scratch = await createScratch({ dataDir, profileId, jobId: randomUUID(), attempt: 1 })
  const stop = new AbortController()
  const profile = { id: profileId, name: '' }
  return await work({ studio, profile, scratch, stop, signal: stop.signal, report: () => undefined })
}
