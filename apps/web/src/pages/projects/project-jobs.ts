import { endOf, isActive, type Job } from '../../data/jobs.ts'

/** Whether clips of this job are still to be written; all of them are written at once, after they were chosen. */
const isBeforeClips = (job: Pick<Job, 'state' | 'stages'>): boolean =>
  isActive(job) && !job.stages.some(({ stage, state }) => stage === 'preview' && state !== 'failed')

/** Those that go on, and the one that ended last, unless another was ordered since: of what came of the others the clips tell. */
export function worthShowing<T extends Pick<Job, 'id' | 'state' | 'createdAt' | 'finishedAt'>>(
  jobs: readonly T[],
): T[] {
  const last = jobs.reduce<T | null>((a, b) => (endOf(b) > (a === null ? 0 : endOf(a)) ? b : a), null)
  const isNews = (job: T) => jobs.every(({ createdAt }) => Date.parse(createdAt) < endOf(job))
  return jobs.filter((job) => isActive(job) || (job === last && isNews(job)))
}

/** How many clips a job was asked for, and the number that the last of them will have. */
export interface Expected {
  readonly count: number
  readonly lastNumber: number
}

/** What is expected of jobs whose clips are still to be written. */
export const dueOf = (
  jobs: readonly Pick<Job, 'id' | 'state' | 'stages'>[],
  expected: ReadonlyMap<string, Expected>,
): Expected[] => jobs.filter(isBeforeClips).flatMap(({ id }) => expected.get(id) ?? [])

/** What a new job is expected to make, after all that is due; `newest`: the highest number of a clip that is there. */
export const expecting = (count: number, due: readonly Expected[], newest: number): Expected => ({
  count,
  lastNumber: lastOf(due, newest) + count,
})

/** How many clips are on their way. Clips may be there before their job is heard to have written them. */
export function pendingOf(due: readonly Expected[], newest: number): number {
  const most = due.reduce((sum, { count }) => sum + count, 0)
  return Math.min(most, lastOf(due, newest) - newest)
}

const lastOf = (due: readonly Expected[], newest: number): number =>
  Math.max(newest, ...due.map(({ lastNumber }) => lastNumber))
