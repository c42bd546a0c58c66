import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { emptyHistory, type History, record, redo, type Step, undo } from './history.ts'

interface Two {
  readonly a: number
  readonly b: number
}
const step = (before: Partial<Two>, after: Partial<Two>, at = 0, merge?: string): Step<Two> => ({
  ...{ label: 'Change', before, after, at },
  ...(merge !== undefined && { merge }),
})

test('typing within a second is more than one step, or loses what was there before it', () => {
  let history = record(emptyHistory<Two>(), step({ a: 0 }, { a: 1 }, 0, 'type'))
  history = record(history, step({ a: 1 }, { a: 2 }, 900, 'type'))
  history = record(history, step({ a: 2 }, { a: 3 }, 1900, 'type'))
  assert.equal(history.past.length, 1)
  assert.deepEqual(undo(history)?.changes, { a: 0 })
  history = record(history, step({ a: 3 }, { a: 4 }, 2901, 'type'))
  assert.equal(history.past.length, 2)
})

test('different things that follow each other closely are one step', () => {
  let history = record(emptyHistory<Two>(), step({ a: 0 }, { a: 1 }, 0, 'start'))
  history = record(history, step({ a: 1 }, { a: 2 }, 10, 'end'))
  history = record(history, step({ a: 2 }, { a: 3 }, 20))
  history = record(history, step({ a: 3 }, { a: 4 }, 30))
  assert.equal(history.past.length, 4)
})

test('merged steps of different parts forget one of them', () => {
  let history = record(emptyHistory<Two>(), step({ a: 0 }, { a: 1 }, 0, 'x'))
  history = record(history, step({ b: 5 }, { b: 6 }, 10, 'x'))
  assert.deepEqual(undo(history)?.changes, { a: 0, b: 5 })
  assert.deepEqual(history.past[0]?.after, { a: 1, b: 6 })
})

test('what was undone can be done again after something else was done', () => {
  const history = record(emptyHistory<Two>(), step({ a: 0 }, { a: 1 }))
  const undone = undo(history)?.history as History<Two>
  assert.deepEqual(redo(undone)?.changes, { a: 1 })
  assert.equal(redo(record(undone, step({ b: 0 }, { b: 1 }))), null)
})

test('undoing all the way back does not give the beginning, or redoing not the end', () => {
  const change = fc.record({ part: fc.constantFrom('a', 'b'), value: fc.integer() })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      let [state, history]: [Two, History<Two>] = [{ a: 0, b: 0 }, emptyHistory()]
      for (const { part, value } of changes) {
        history = record(history, step({ [part]: state[part as 'a'] }, { [part]: value }))
        state = { ...state, [part]: value }
      }
      const end = state
      for (let moved = undo(history); moved !== null; moved = undo(history)) {
        ;[state, history] = [{ ...state, ...moved.changes }, moved.history]
      }
      assert.deepEqual(state, { a: 0, b: 0 })
      for (let moved = redo(history); moved !== null; moved = redo(history)) {
        ;[state, history] = [{ ...state, ...moved.changes }, moved.history]
      }
      assert.deepEqual(state, end)
    }),
  )
})
