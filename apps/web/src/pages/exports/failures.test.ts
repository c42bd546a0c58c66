import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastEnd, openFailures } from './failures.ts'

const NOW = Date.parse('2026-05-02T12:00:00Z')
const render = (id: string, clipId: string, presetId: string, time: string | null) => ({
  ...{ id, clipId, presetId },
  finishedAt: time === null ? null : `2026-05-02T${time}:00Z`,
})
const failed = [
  render('1', 'a', 'reels', '11:00'),
  render('2', 'a', 'square', '10:00'),
  render('3', 'a', 'reels', '09:00'),
]
const idsOf = (renders: Partial<Parameters<typeof openFailures>[0]>, seenUntil = 0, now = NOW) =>
  openFailures({ failed, done: [], active: [], ...renders }, seenUntil, now).map(
    ({ clipId, presetId }) => `${clipId} ${presetId}`,
  )

test('a file that failed is told of once, until it is made, being made, seen, or a day old', () => {
  assert.deepEqual(idsOf({}), ['a reels', 'a square'])
  assert.deepEqual(idsOf({ done: [render('4', 'a', 'reels', '11:30')] }), ['a square'])
  assert.deepEqual(idsOf({ done: [render('4', 'a', 'reels', '08:00')] }), ['a reels', 'a square'])
  assert.deepEqual(idsOf({ done: [render('4', 'b', 'reels', '11:30')] }), ['a reels', 'a square'])
  assert.deepEqual(idsOf({ active: [render('4', 'a', 'square', null)] }), ['a reels'])
  assert.deepEqual(idsOf({}, lastEnd(failed)), [])
  assert.deepEqual(idsOf({}, 0, NOW + 86_400_000), [])
})
