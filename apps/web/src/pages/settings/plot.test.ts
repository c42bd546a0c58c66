import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barsOf, labelled, limitWords, stack, ticksUpTo } from './plot.ts'

test('the axis does not reach the highest value, or its values are not round', () => {
  assert.deepEqual(ticksUpTo(52_448_219), [0, 2e7, 4e7, 6e7])
  assert.deepEqual(ticksUpTo(8e9), [0, 2e9, 4e9, 6e9, 8e9])
  assert.deepEqual(ticksUpTo(9.1e9), [0, 2.5e9, 5e9, 7.5e9, 10e9])
  assert.deepEqual(ticksUpTo(0), [0, 0.25])
})

test('bars do not stand in the middle of their share', () => {
  assert.deepEqual(barsOf(2, 200), [
    { x: 36, width: 28 },
    { x: 136, width: 28 },
  ])
  assert.deepEqual(barsOf(8, 128)[7], { x: 114, width: 12 })
})

test('a part of a stack does not stand on the one below', () => {
  assert.deepEqual(stack([3, 0, 4]), [
    { from: 0, to: 3 },
    { from: 3, to: 3 },
    { from: 3, to: 7 },
  ])
})

test('names of bars run into each other, or the last day has none', () => {
  assert.deepEqual(labelled(10, 300, 60), [1, 3, 5, 7, 9])
  assert.deepEqual(labelled(1, 300, 60), [0])
  assert.deepEqual(labelled(4, 1000, 60), [0, 1, 2, 3])
})

test('a limit that is far away is not told of', () => {
  assert.equal(limitWords(2e9, 100e9), 'At most 2 % of the limit of 100 GB was stored.')
  assert.equal(limitWords(1e6, 100e9), 'Less than 1 % of the limit of 100 GB was stored.')
})
