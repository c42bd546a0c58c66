import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOn, digitOf, heirOf, idsBetween, movedTo } from './board.ts'

/** Five to a row: 0–4, 5–9, 10, 11. */
const board = { count: 12, columns: 5, rowsInView: 2 }

test('arrows walk through the rows and stop at the ends', () => {
  assert.equal(movedTo(4, 'right', board), 5)
  assert.equal(movedTo(11, 'right', board), 11)
  assert.equal(movedTo(0, 'left', board), 0)
  assert.equal(movedTo(6, 'up', board), 1)
  assert.equal(movedTo(3, 'up', board), 3)
  assert.equal(movedTo(6, 'down', board), 11)
  assert.equal(movedTo(11, 'down', board), 11)
})

test('a step down onto a gap of the last row leads to the last card', () => {
  assert.equal(movedTo(8, 'down', board), 11)
  assert.equal(movedTo(10, 'down', board), 10)
})

test('pages and ends', () => {
  assert.equal(movedTo(1, 'page-down', board), 11)
  assert.equal(movedTo(0, 'page-down', board), 10)
  assert.equal(movedTo(11, 'page-up', board), 1)
  assert.equal(movedTo(7, 'page-up', board), 2)
  assert.equal(movedTo(7, 'first', board), 0)
  assert.equal(movedTo(7, 'last', board), 11)
})

test('a first key leads onto the board, and an empty one has no place', () => {
  assert.equal(movedTo(null, 'down', board), 0)
  assert.equal(movedTo(null, 'last', board), 11)
  assert.equal(movedTo(null, 'right', { ...board, count: 0 }), null)
})

test('a range goes both ways, and from nowhere it is one card', () => {
  const ids = ['a', 'b', 'c', 'd']
  assert.deepEqual(idsBetween(ids, 'b', 'd'), ['b', 'c', 'd'])
  assert.deepEqual(idsBetween(ids, 'c', 'a'), ['a', 'b', 'c'])
  assert.deepEqual(idsBetween(ids, null, 'c'), ['c'])
  assert.deepEqual(idsBetween(ids, 'gone', 'c'), ['c'])
  assert.deepEqual(idsBetween(ids, 'a', 'gone'), [])
})

test('after a deletion the next card that stays is the current one, else the one before', () => {
  const ids = ['a', 'b', 'c', 'd']
  assert.equal(heirOf(ids, new Set(['b', 'c']), 'b'), 'd')
  assert.equal(heirOf(ids, new Set(['c', 'd']), 'd'), 'b')
  assert.equal(heirOf(ids, new Set(ids), 'b'), null)
  assert.equal(heirOf(ids, new Set(['a']), 'b'), 'b')
  assert.equal(heirOf(ids, new Set(['a']), 'elsewhere'), null)
})

test('digits count from the first card on the screen', () => {
  assert.equal(digitOf(0, 0), 1)
  assert.equal(digitOf(18, 10), 9)
  assert.equal(digitOf(19, 10), null)
  assert.equal(digitOf(9, 10), null)
})

test('a phone has two columns, a laptop as many as fit', () => {
  const sizes = { cardWidth: 176, gap: 16 }
  assert.equal(columnsOn(358, sizes), 2)
  assert.equal(columnsOn(200, sizes), 2)
  assert.equal(columnsOn(1168, sizes), 6)
  assert.equal(columnsOn(1167, { cardWidth: 184, gap: 16 }), 5)
})
