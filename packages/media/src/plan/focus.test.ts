import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import type { Features } from '../features/features.ts'
import { focusOfCut } from './focus.ts'

const none = new Float32Array(5)
/** Half a second whose focus goes from left to right, with one moment far off. */
const FEATURES: Features = {
  durationSeconds: 0.5,
  motion: none,
  brightness: none,
  contrast: none,
  sharpness: none,
  focusX: Float32Array.of(0.25, 1, 0.375, 0.5, 0.75),
  focusY: Float32Array.of(0.5, 0, 0.5, 0.5, 0.625),
  hash: new BigUint64Array(5),
  loudness: none,
  speech: none,
  hardCuts: new Float64Array(),
  hasAudio: false,
}

test('the focus of a cut is the median of its samples, so that one moment does not pull it', () => {
  assert.deepEqual(focusOfCut(FEATURES, { start: 0, end: 0.3 }), { x: 0.375, y: 0.5 })
  assert.deepEqual(focusOfCut(FEATURES, { start: 0.41, end: 0.42 }), { x: 0.75, y: 0.625 })
})

test('a cut outside of its source has no focus', () => {
  for (const [start, end] of [
    [0.5, 0.7],
    [-0.2, 0.1],
  ] as const) {
    assert.throws(
      () => focusOfCut(FEATURES, { start, end }),
      (error) => error instanceof CutroomError && error.code === 'field-invalid',
    )
  }
})
