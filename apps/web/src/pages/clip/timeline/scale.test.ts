import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fittedScale, tickLabel, ticksOf, zoomed } from './scale.ts'

test('a clip does not fit its width, or a short one is blown up', () => {
  assert.equal(fittedScale(1072, 10), 100)
  assert.equal(fittedScale(1072, 1), 140)
  assert.equal(fittedScale(390, 600), 4)
})

test('zooming leaves its bounds, or two steps are not undone by two', () => {
  assert.equal(zoomed(390, 2), 400)
  assert.equal(zoomed(5, -2), 4)
  assert.equal(zoomed(zoomed(50, 2), -2), 50)
})

test('the numbers of the ruler are too close, or not round', () => {
  assert.deepEqual(ticksOf(100, 3), [0, 1, 2, 3])
  assert.deepEqual(ticksOf(400, 0.65), [0, 0.2, 0.4, 0.6])
  assert.deepEqual(ticksOf(4, 100), [0, 30, 60, 90].slice(0, 4))
  assert.deepEqual([0.2, 12, 75].map(tickLabel), ['0.2s', '12s', '1:15'])
})
