import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bestFirst, segmentName } from './segment-words.ts'

test('a segment without a name is called by its times', () => {
  assert.equal(segmentName({ name: '', start: 12.2, end: 15.48 }), '0:12–0:15')
  assert.equal(segmentName({ name: 'The dog', start: 12.2, end: 15.48 }), 'The dog')
})

test('the best segments come after worse ones, or those of a person do not come first', () => {
  const scores = [0.4, null, 0.9, 0.4].map((score, start) => ({ score, start }))
  assert.deepEqual(
    bestFirst(scores).map(({ start }) => start),
    [1, 2, 0, 3],
  )
})
