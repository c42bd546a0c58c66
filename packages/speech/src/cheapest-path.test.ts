import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cheapestPath } from './cheapest-path.ts'

test('the cheapest of all ways is taken', () => {
  const lengths = [3, 1, 2]
  const cost = (step: number, from: number, to: number) => (to - from - (lengths[step] ?? 0)) ** 2
  assert.deepEqual(cheapestPath({ steps: 3, places: 7, least: 1, cost }), [0, 3, 4, 6])
})

test('steps may stand still only where they may', () => {
  const cost = (_: number, from: number, to: number) => to - from
  assert.deepEqual(cheapestPath({ steps: 2, places: 1, least: 0, cost }), [0, 0, 0])
  assert.equal(cheapestPath({ steps: 2, places: 2, least: 1, cost }), null)
})

test('there is no way where every step is too far', () => {
  const cost = (_: number, from: number, to: number) => (to - from > 2 ? Number.POSITIVE_INFINITY : 0)
  assert.equal(cheapestPath({ steps: 2, places: 6, least: 0, cost }), null)
})

test('no other way of a small problem is cheaper', () => {
  const costs = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 75, maxLength: 75 })
  fc.assert(
    fc.property(costs, (table) => {
      const cost = (step: number, from: number, to: number) => table[step * 25 + from * 5 + to] ?? 0
      const total = (path: readonly number[]) =>
        path.slice(1).reduce((sum, to, step) => sum + cost(step, path[step] ?? 0, to), 0)
      const path = cheapestPath({ steps: 3, places: 5, least: 0, cost })
      assert.ok(path)
      for (let a = 0; a < 5; a += 1) {
        for (let b = a; b < 5; b += 1) assert.ok(total(path) <= total([0, a, b, 4]))
      }
    }),
  )
})
