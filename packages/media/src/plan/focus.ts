import type { Cut } from '@cutroom/contracts'
import { FEATURE_RATE_HZ, type Features } from '../features/features.ts'
import type { Focus } from './frame.ts'

/**
 * Where a cut's crop is best centred: the median of the places where the eye goes, so that one moment does not pull it.
 * The middle for a range without samples.
 */
export function focusOfCut(features: Features, cut: Pick<Cut, 'start' | 'end'>): Focus {
  const from = Math.floor(cut.start * FEATURE_RATE_HZ)
  const to = Math.max(from + 1, Math.ceil(cut.end * FEATURE_RATE_HZ))
  return { x: median(features.focusX.subarray(from, to)), y: median(features.focusY.subarray(from, to)) }
}

function median(values: Float32Array): number {
  const sorted = values.toSorted()
  return sorted[Math.floor(sorted.length / 2)] ?? 0.5
}
