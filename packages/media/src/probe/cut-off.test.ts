import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCutOff } from './cut-off.ts'

test('a recording is cut off where more than a second and more than a twentieth is missing', () => {
  assert.equal(isCutOff(4, 3), false)
  assert.equal(isCutOff(4, 2.9), true)
  assert.equal(isCutOff(100, 95), false)
  assert.equal(isCutOff(100, 94.9), true)
  assert.equal(isCutOff(10, 12), false)
})
