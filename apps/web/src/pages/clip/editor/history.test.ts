import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { adopt, emptyHistory, type History, record, redo, type Step, undo } from './history.ts'

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
  assert.deepEqual(undo(history, { a: 9, b: 9 })?.changes, { a: 0 })
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
  assert.deepEqual(undo(history, { a: 9, b: 9 })?.changes, { a: 0, b: 5 })
  assert.deepEqual(history.past[0]?.after, { a: 1, b: 6 })
})

test('what was undone can be done again after something else was done', () => {
  const history = record(emptyHistory<Two>(), step({ a: 0 }, { a: 1 }))
  const undone = undo(history, { a: 1, b: 0 })?.history as History<Two>
  assert.deepEqual(redo(undone, { a: 0, b: 0 })?.changes, { a: 1 })
  assert.equal(redo(record(undone, step({ b: 0 }, { b: 1 })), { a: 0, b: 1 }), null)
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
      for (let moved = undo(history, state); moved !== null; moved = undo(history, state)) {
        ;[state, history] = [{ ...state, ...moved.changes }, moved.history]
      }
      assert.deepEqual(state, { a: 0, b: 0 })
      for (let moved = redo(history, state); moved !== null; moved = redo(history, state)) {
        ;[state, history] = [{ ...state, ...moved.changes }, moved.history]
      }
      assert.deepEqual(state, end)
    }),
  )
})

test('what comes from elsewhere takes away what could be done again, or is not come back to', () => {
  const walk = (state: Two, history: History<Two>, ways: readonly (typeof undo)[]): Two[] =>
    ways.map((way) => {
      const moved = way(history, state)
      assert.ok(moved)
      ;[state, history] = [{ ...state, ...moved.changes }, moved.history]
      return state
    })
  const written = record(emptyHistory<Two>(), step({ a: 0 }, { a: 1 }))
  const undone = undo(written, { a: 1, b: 0 })?.history as History<Two>
  const spoken = adopt(undone, step({ b: 0 }, { b: 5 }))
  assert.deepEqual(walk({ a: 0, b: 5 }, spoken, [redo, undo, undo, redo, redo]), [
    { a: 1, b: 5 },
    { a: 0, b: 5 },
    { a: 0, b: 0 },
    { a: 0, b: 5 },
    { a: 1, b: 5 },
  ])
  // Where it changed the same, undoing again gives what was there, not what was there before that.
  const other = adopt(undone, step({ a: 0 }, { a: 7 }))
  assert.deepEqual(walk({ a: 7, b: 0 }, other, [redo, undo]), [
    { a: 1, b: 0 },
    { a: 7, b: 0 },
  ])
})
