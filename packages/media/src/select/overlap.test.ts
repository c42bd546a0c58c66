import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leastMeanOverlap, overlapOf } from './overlap.ts'

const cut = (sourceId: string, start: number, end: number) => ({ sourceId, start, end })

test('overlap is not what two timelines share of the target', () => {
  const variants = [[cut('a', 0, 3), cut('b', 0, 2)], [cut('a', 2, 5), cut('b', 1, 3)], [cut('a', 10, 15)]]
  const overlap = overlapOf(variants, [[cut('a', 12, 20)]], 5)
  assert.deepEqual(overlap.matrix, [
    [0, 0.4, 0],
    [0.4, 0, 0],
    [0, 0, 0],
  ])
  assert.equal(overlap.max, 0.4)
  assert.ok(Math.abs(overlap.mean - 0.4 / 3) < 1e-12)
  assert.deepEqual(overlap.withAvoided, [0, 0, 0.6])
})

test('a single variant has an overlap', () => {
  assert.deepEqual(overlapOf([[cut('a', 0, 3)]], [], 3), { matrix: [[0]], mean: 0, max: 0, withAvoided: [0] })
})

test('the least mean overlap does not follow from counting how often every second is shown', () => {
  assert.equal(leastMeanOverlap(60, 20, 3), 0)
  assert.equal(leastMeanOverlap(20, 20, 3), 1)
  // 40 s for 3 × 20 s: half of it is shown twice, by one pair each.
  assert.ok(Math.abs(leastMeanOverlap(40, 20, 3) - 1 / 3) < 1e-12)
  assert.equal(leastMeanOverlap(10, 20, 2), 0.5)
})
