import type { Export } from '../../data/exports.ts'
import type { Job } from '../../data/jobs.ts'

/** The export that a render came to; `null` while there is none. */
export const exportOf = ({ kind, state, result }: Pick<Job, 'kind' | 'state' | 'result'>): Export | null =>
  kind === 'render' && state === 'done' && result !== null && 'presetId' in result ? result : null
