import type { CutroomError, ErrorCode } from '@cutroom/contracts'

/**
 * How often a job is tried when its attempts end with a code: what another attempt may get past. Everything else is the same the
 * next time, and fails at once.
 */
const TRIES: Partial<Record<ErrorCode, number>> = {
  // Another machine or another minute may see it pass once; a bug comes back.
  internal: 2,
  'tool-failed': 2,
  'tool-timeout': 2,
  'disk-full': 3,
  'scratch-conflict': 3,
  'database-unavailable': 6,
  'speech-failed': 6,
  // Three workers that died over the same job were probably killed by it.
  'worker-lost': 3,
}

/**
 * Whether a job that ended with an error is tried again after so many tries, this one included. Whoever knows better than its code says so
 * in `details.retryable`: a voice that is refused for its text, or for want of credit, is refused again.
 */
export const mayPass = ({ code, details }: Pick<CutroomError, 'code' | 'details'>, tries: number): boolean =>
  details.retryable !== false && tries < (TRIES[code] ?? 1)
