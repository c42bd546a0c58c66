import { type Cut, CutroomError } from '@cutroom/contracts'
import { FEATURE_RATE_HZ, type Features } from '../features/features.ts'
import type { Focus } from './frame.ts'

/**
 * Where a cut's crop is best centred: the median of the places where the eye goes, so that one moment does not pull it.
 * Throws `field-invalid` for a cut that lies outside of its source.
 */
export function focusOfCut(features: Features, cut: Pick<Cut, 'start' | 'end'>): Focus {
  const from = Math.floor(cut.start * FEATURE_RATE_HZ)
  const to = Math.max(from + 1, Math.ceil(cut.end * FEATURE_RATE_HZ))
  const x = median(features.focusX.subarray(from, to))
  const y = median(features.focusY.subarray(from, to))
  if (cut.start < 0 || x === undefined || y === undefined) {
    throw new CutroomError(
      'field-invalid',
      `The cut ${cut.start.toFixed(3)}–${cut.end.toFixed(3)} s lies outside of its source.`,
      { field: 'cuts' },
    )
  }
  return { x, y }
}

function median(values: Float32Array): number | undefined {
  return values.toSorted()[Math.floor(values.length / 2)]
}
