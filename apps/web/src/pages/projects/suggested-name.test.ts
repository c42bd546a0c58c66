import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suggestedName } from './suggested-name.ts'

test('a new project is called after its only source, or by a number that is free', () => {
  assert.equal(suggestedName(['Beach day.mp4'], []), 'Beach day')
  assert.equal(suggestedName(['Beach day.mp4'], ['Beach day']), 'Project 2')
  assert.equal(suggestedName(['a.mp4', 'b.mp4'], ['Tent', 'Project 3']), 'Project 4')
  assert.equal(suggestedName([], []), 'Project 1')
  assert.equal(suggestedName(['.mp4'], []), '.mp4')
})
