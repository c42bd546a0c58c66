import type { Job } from '../../data/jobs.ts'
import { nameOf } from './words.ts'

type Told = Pick<Job, 'id' | 'kind' | 'subject' | 'state'>

const SAID: Readonly<Record<Job['state'], string>> = {
  waiting: 'waits',
  running: 'has begun',
  retrying: 'failed and is tried again',
  done: 'is done',
  failed: 'failed',
  cancelled: 'was cancelled',
}

/** Changes that are said one by one; of more, their number is enough. */
const MOST_SAID = 3

/** What has changed between two looks at the jobs, in words; progress alone is no change. Empty where nothing has. */
export function changesSince(before: ReadonlyMap<string, Job['state']>, jobs: readonly Told[]): string {
  const changed = jobs.filter(({ id, state }) => before.has(id) && before.get(id) !== state)
  if (changed.length > MOST_SAID) return `${changed.length} jobs have changed.`
  return changed.map((job) => `${nameOf(job)} ${SAID[job.state]}.`).join(' ')
}
