import type { Problem } from '../../api/problem.ts'
import type { Job } from '../../data/jobs.ts'

interface OneFile {
  /** `undefined` until it is known, or where none was needed. */
  readonly job: Pick<Job, 'state' | 'fraction' | 'secondsLeft'> | undefined
  readonly jobId: string | null
  readonly exportId: string | null
  readonly problem: Problem | null
}

interface Totals {
  readonly done: number
  /** Refused, failed or cancelled. */
  readonly failed: number
  readonly unfinished: number
  /** 0 to 1, of all that were begun or wait. */
  readonly fraction: number
  /** Of all files; `null` where it is not known. */
  readonly secondsLeft: number | null
}

/** Many files in a few numbers. */
export function totalsOf(files: readonly OneFile[]): Totals {
  const stateOf = ({ job, exportId, problem }: OneFile) => {
    if (exportId !== null) return 'done'
    if (problem !== null || job?.state === 'failed' || job?.state === 'cancelled') return 'failed'
    return 'unfinished'
  }
  const done = files.filter((file) => stateOf(file) === 'done').length
  const open = files.filter((file) => stateOf(file) === 'unfinished')
  const moved = open.reduce((sum, { job }) => sum + (job?.state === 'running' ? job.fraction : 0), 0)
  return {
    done,
    failed: files.length - done - open.length,
    unfinished: open.length,
    fraction: done + open.length === 0 ? 0 : (done + moved) / (done + open.length),
    secondsLeft: secondsLeft(open),
  }
}

/** Those that wait take as long as those that run, as many at once. */
function secondsLeft(open: readonly OneFile[]): number | null {
  const running = open.flatMap(({ job }) =>
    job?.state === 'running' && job.secondsLeft !== null && job.fraction > 0
      ? [{ left: job.secondsLeft, whole: job.secondsLeft / Math.max(0.01, 1 - job.fraction) }]
      : [],
  )
  if (running.length === 0) return null
  const left = running.reduce((sum, one) => sum + one.left, 0)
  const whole = running.reduce((sum, one) => sum + one.whole, 0) / running.length
  return (left + whole * (open.length - running.length)) / running.length
}
