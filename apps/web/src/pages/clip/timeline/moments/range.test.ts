import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ranged } from './range.ts'

test('a range leaves its source, or vanishes', () => {
  const range = { start: 2, end: 4 }
  assert.deepEqual(ranged(range, 'start', 3.95, 10), { start: 3.9, end: 4 })
  assert.deepEqual(ranged(range, 'start', -1, 10), { start: 0, end: 4 })
  assert.deepEqual(ranged(range, 'end', 12, 10), { start: 2, end: 10 })
  assert.deepEqual(ranged(range, 'end', 0, 10), { start: 2, end: 2.1 })
  assert.deepEqual(ranged(range, 'whole', 9, 10), { start: 8, end: 10 })
  assert.deepEqual(ranged(range, 'whole', -3, 10), { start: 0, end: 2 })
})
