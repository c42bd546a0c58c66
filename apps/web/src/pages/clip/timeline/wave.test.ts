import assert from 'node:assert/strict'
import { test } from 'node:test'
import { peaksOf, wavePath } from './wave.ts'

test('a peak is lost, or stands at another time', () => {
  const left = new Float32Array(250)
  const right = new Float32Array(250)
  left[99] = -0.5
  right[100] = 0.25
  right[249] = 3
  assert.deepEqual(peaksOf([left, right], 5000), [0.5, 0.25, 1])
  assert.deepEqual(peaksOf([], 48_000), [])
})

test('the drawing of a sound leaves its box', () => {
  assert.equal(wavePath([1, 0]), 'M0 1L0.5 0.040L1.5 0.960L2 1L1.5 1.040L0.5 1.960Z')
  assert.equal(wavePath([]), '')
})
