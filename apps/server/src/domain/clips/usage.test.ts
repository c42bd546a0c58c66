import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usageChanges } from './usage.ts'

const shows = (...ids: (string | null)[]) => ids.map((segmentId) => ({ segmentId }))

test('a segment counts twice in one clip, or one that stays counts as a change', () => {
  const changes = usageChanges([shows('a', 'b', null)], [shows('b', 'c', 'c', 'b')])
  assert.deepEqual([...changes].toSorted(), [
    ['a', -1],
    ['c', 1],
  ])
})

test('two clips with one segment count once', () => {
  assert.deepEqual(
    [...usageChanges([], [shows('a'), shows('a', 'b')])],
    [
      ['a', 2],
      ['b', 1],
    ],
  )
})
