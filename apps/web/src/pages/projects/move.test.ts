import assert from 'node:assert/strict'
import { test } from 'node:test'
import { movedInList } from './move.ts'

test('an item moves to the place of another, which makes room', () => {
  const list = ['a', 'b', 'c', 'd']
  assert.deepEqual(movedInList(list, 0, 2), ['b', 'c', 'a', 'd'])
  assert.deepEqual(movedInList(list, 3, 0), ['d', 'a', 'b', 'c'])
  assert.equal(movedInList(list, 0, -1), list)
  assert.equal(movedInList(list, 3, 4), list)
  assert.equal(movedInList(list, 9, 0), list)
})
