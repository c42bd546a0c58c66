import { CutroomError } from '@cutroom/contracts'
import type { PlannedSound } from '../plan/render-plan.ts'

/** Where and under whose control a stage works. */
export interface Workplace {
  /** The scratch folder of the attempt: the only place where anything is written. */
  readonly folder: string
  readonly signal?: AbortSignal | undefined
}

/** A decoder's failure, told as what it is: a source that cannot be read at a certain place. */
export function brokenSource(error: unknown, { source, sourceId, start }: PlannedSound): unknown {
  if (!(error instanceof CutroomError) || error.code !== 'tool-failed') return error
  return new CutroomError(
    'media-broken',
    `${source.name} cannot be decoded at ${start.toFixed(2)} s: ${error.message}`,
    {
      cause: error,
      details: { sourceId, start },
      ...(error.toolOutput === undefined ? {} : { toolOutput: error.toolOutput }),
    },
  )
}
