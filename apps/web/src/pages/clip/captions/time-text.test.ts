import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTime } from './time-text.ts'

test('times are read as people write them', () => {
  assert.deepEqual(
    ['0:07.25', ' 7,25 ', '62.5', '1:02.5', '12:00', '7.'].map(parseTime),
    [7.25, 7.25, 62.5, 62.5, 720, 7],
  )
})

test('what is no time is none', () => {
  assert.deepEqual(['', 'soon', '1:60', '-3', '1:2:3', '.5'].map(parseTime), [
    null,
    null,
    null,
    null,
    null,
    null,
  ])
})
