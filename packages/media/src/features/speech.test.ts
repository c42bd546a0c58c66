import assert from 'node:assert/strict'
import { test } from 'node:test'
import { speechRanges } from './speech.ts'

/** A digit is a tenth of likelihood. */
const ranges = (digits: string, seconds = digits.length / 10) =>
  speechRanges(
    [...digits].map((digit) => Number(digit) / 10),
    seconds,
  )

test('speech begins at a half and goes on at three tenths', () => {
  assert.deepEqual(ranges('0044435533320'), [{ start: 0.2, end: 1.1 }])
  assert.deepEqual(ranges('0444444440'), [])
})

test('a pause of 0.3 s belongs to what is said, one of 0.4 s does not', () => {
  assert.deepEqual(ranges('99900099900009990'), [
    { start: 0, end: 0.9 },
    { start: 1.3, end: 1.6 },
  ])
})

test('0.2 s are no speech, unless more follows at once', () => {
  assert.deepEqual(ranges('0990000'), [])
  assert.deepEqual(ranges('0990900'), [{ start: 0.1, end: 0.5 }])
})

test('the last range ends with the source', () => {
  assert.deepEqual(ranges('0000999', 0.65), [{ start: 0.4, end: 0.65 }])
  assert.deepEqual(ranges(''), [])
})
