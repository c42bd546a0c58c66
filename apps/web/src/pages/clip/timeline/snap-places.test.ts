import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapPlaces } from './snap-places.ts'

const cut = (sourceId: string, start: number, end: number) => ({
  ...{ sourceId, start, end },
  ...{ score: null, why: '', segmentId: null },
})

test('an edge is attracted by something else than the playhead, shots and neighbours of its source', () => {
  const cuts = [cut('a', 1, 3), cut('b', 4, 5), cut('a', 3.5, 6)]
  const about = { playhead: 1.5, shots: [0.5, 3.25] }
  assert.deepEqual(snapPlaces(cuts, 0, 'end', about), [-0.5, -2.5, 0.25, 0.5])
  assert.deepEqual(snapPlaces(cuts, 2, 'start', about), [-1.5, -3, -0.25, -0.5])
  assert.deepEqual(snapPlaces(cuts, 9, 'start', about), [])
})
