import assert from 'node:assert/strict'
import { test } from 'node:test'
import { embeddingLevels, isRightToLeft, visualOrder } from './bidi.ts'

test('the first strong letter decides the direction', () => {
  assert.equal(isRightToLeft('12 (שלום) hello'), true)
  assert.equal(isRightToLeft('12 hello שלום'), false)
  assert.equal(isRightToLeft('123'), false)
})

test('numbers and Latin inside Hebrew run from left to right, the words around them from right to left', () => {
  const words = ['זה', 'iPhone', '15', 'חדש']
  const levels = embeddingLevels(words.join(' '), true)
  assert.deepEqual([levels[0], levels[3], levels[10], levels[13]], [1, 2, 2, 1])
  const items = words.map((word, index) => ({ word, level: [1, 2, 2, 1][index] ?? 0 }))
  assert.deepEqual(
    visualOrder(items).map((item) => item.word),
    ['חדש', 'iPhone', '15', 'זה'],
  )
})

test('a line from left to right keeps its order', () => {
  const items = [{ level: 0 }, { level: 0 }, { level: 0 }]
  assert.deepEqual(visualOrder(items), items)
})
