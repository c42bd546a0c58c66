import path from 'node:path'
import { CutroomError } from '@cutroom/contracts'
import type { PlannedCut } from '../plan/render-plan.ts'

/** Where and under whose control a stage works. */
export interface Workplace {
  /** The scratch folder of the attempt: the only place where anything is written. */
  readonly folder: string
  readonly signal?: AbortSignal | undefined
}

/** A decoder's failure, told as what it is: a source that cannot be read at a certain place. */
export function brokenSource(error: unknown, cut: PlannedCut): unknown {
  if (!(error instanceof CutroomError) || error.code !== 'tool-failed') return error
  const name = path.basename(cut.source.path)
  return new CutroomError(
    'media-broken',
    `${name} cannot be decoded at ${cut.start.toFixed(2)} s: ${error.message}`,
    {
      cause: error,
      details: { sourceId: cut.sourceId, start: cut.start },
      ...(error.toolOutput === undefined ? {} : { toolOutput: error.toolOutput }),
    },
  )
}
