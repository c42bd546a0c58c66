import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LANDSCAPE, PHONE, shotsOf } from './recordings.ts'

const seconds = (kind: string): number[] =>
  shotsOf(LANDSCAPE)
    .filter((shot) => shot.kind === kind)
    .map(({ start, end }) => end - start)

test('the landscape recording has everything that raw footage has', () => {
  const shots = shotsOf(LANDSCAPE)
  assert.equal(shots.at(-1)?.end, 75)
  assert.deepEqual(seconds('static'), [6])
  assert.deepEqual(seconds('black'), [4])
  assert.ok(seconds('fast').length >= 3)
  assert.ok(seconds('slow').length >= 3)
  const copies = shots.filter(({ nearDuplicateOf }) => nearDuplicateOf !== null)
  assert.deepEqual(
    copies.map(({ nearDuplicateOf }) => nearDuplicateOf),
    ['Coffee'],
  )
  assert.equal(new Set(shots.map(({ title }) => title)).size, shots.length, 'two shots have the same title')
})

test('shots follow one another without a gap, and nothing is said beyond the end', () => {
  for (const recording of [LANDSCAPE, PHONE]) {
    const shots = shotsOf(recording)
    for (const [index, { start }] of shots.entries()) assert.equal(start, shots[index - 1]?.end ?? 0)
    for (const { start } of recording.speech) assert.ok(start + 4.5 < (shots.at(-1)?.end ?? 0))
  }
})
