import type { Problem } from '../../api/problem.ts'
import type { Job } from '../../data/jobs.ts'
import { count, formatBytes } from '../../format.ts'

interface Outcome {
  /** What the job came to, in words; empty where its name says it. */
  readonly words: string
  /** What of it did not come about. */
  readonly problems: readonly { readonly clipId: string; readonly problem: Problem }[]
}

/** What a job that is done came to. */
export function outcomeOf({ result }: Pick<Job, 'result'>): Outcome {
  if (result === null) return { words: '', problems: [] }
  if ('exports' in result) {
    const problems = problemsOf(result.exports)
    return { words: count(result.exports.length - problems.length, 'file'), problems }
  }
  if ('items' in result) {
    const problems = problemsOf(result.items)
    return {
      words: `${result.items.length - problems.length} of ${count(result.items.length, 'clip')} spoken`,
      problems,
    }
  }
  if ('presetId' in result) return { words: formatBytes(result.sizeBytes), problems: [] }
  if ('clipIds' in result) return { words: count(result.clipIds.length, 'clip'), problems: [] }
  if ('sourceIds' in result) return { words: count(result.sourceIds.length, 'source'), problems: [] }
  return { words: '', problems: [] }
}

const problemsOf = (items: readonly { readonly clipId: string; readonly problem: Problem | null }[]) =>
  items.flatMap(({ clipId, problem }) => (problem === null ? [] : [{ clipId, problem }]))
