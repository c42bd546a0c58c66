import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Cuts,
  duplicate,
  type Edge,
  type Grid,
  indexAt,
  insert,
  LONGEST_CLIP,
  lasting,
  lengthOf,
  move,
  remove,
  replace,
  roll,
  SHORTEST_CLIP,
  SHORTEST_CUT,
  secondsOf,
  snapped,
  split,
  startsOf,
  trim,
} from './edit.ts'

const cut = (sourceId: string, start: number, end: number) => ({
  ...{ sourceId, start, end },
  ...{ score: null, why: '', segmentId: null },
})
const GRID: Grid = { framesPerSecond: 10, durationOf: () => 10 }
const CUTS: Cuts = [cut('a', 1, 3), cut('b', 4, 5), cut('c', 8, 9.5)]
const ranges = (cuts: Cuts | undefined) => cuts?.map(({ sourceId, start, end }) => [sourceId, start, end])

test('places of cuts are wrong', () => {
  assert.deepEqual(startsOf(CUTS), [0, 2, 3])
  assert.equal(lengthOf(CUTS), 4.5)
  assert.deepEqual(
    [0, 1.99, 2, 2.99, 3, 4.5, 9].map((seconds) => indexAt(CUTS, seconds)),
    [0, 0, 1, 1, 2, 2, 2],
  )
})

test('trimming leaves the frames, the source or the least length of a cut', () => {
  assert.deepEqual(ranges(trim(CUTS, 0, 'end', 0.52, GRID))?.[0], ['a', 1, 3.5])
  assert.deepEqual(ranges(trim(CUTS, 0, 'start', 0.52, GRID))?.[0], ['a', 1.5, 3])
  assert.deepEqual(ranges(trim(CUTS, 0, 'start', -5, GRID))?.[0], ['a', 0, 3])
  assert.deepEqual(ranges(trim(CUTS, 2, 'end', 5, GRID))?.[2], ['c', 8, 10])
  assert.deepEqual(ranges(trim(CUTS, 1, 'end', -5, GRID))?.[1], ['b', 4, 4.1])
  assert.deepEqual(ranges(trim(CUTS, 1, 'start', 5, GRID))?.[1], ['b', 4.9, 5])
  assert.equal(trim(CUTS, 1, 'start', 0.01, GRID), CUTS)
  const short = [cut('a', 0, 0.6)]
  assert.deepEqual(ranges(trim(short, 0, 'end', -0.5, GRID)), [['a', 0, 0.5]])
  // A limit that lies between two frames is reached all the same.
  assert.deepEqual(ranges(trim(CUTS, 2, 'end', 5, { ...GRID, durationOf: () => 9.77 }))?.[2], ['c', 8, 9.77])
})

test('rolling changes the length of the clip, or goes beyond a source', () => {
  assert.deepEqual(ranges(roll(CUTS, 0, 0.5, GRID)), [
    ['a', 1, 3.5],
    ['b', 4.5, 5],
    ['c', 8, 9.5],
  ])
  assert.deepEqual(ranges(roll(CUTS, 0, 5, GRID))?.slice(0, 2), [
    ['a', 1, 3.9],
    ['b', 4.9, 5],
  ])
  assert.deepEqual(ranges(roll(CUTS, 0, -9, GRID))?.slice(0, 2), [
    ['a', 1, 1.1],
    ['b', 2.1, 5],
  ])
  assert.equal(roll(CUTS, 2, 1, GRID), CUTS)
})

test('splitting loses or doubles frames, or makes a cut that is too short', () => {
  assert.deepEqual(ranges(split(CUTS, 2.52, GRID).cuts), [
    ['a', 1, 3],
    ['b', 4, 4.5],
    ['b', 4.5, 5],
    ['c', 8, 9.5],
  ])
  assert.match(split(CUTS, 2.02, GRID).refusal ?? '', /no room/)
  assert.match(split(CUTS, 4.5, GRID).refusal ?? '', /no room/)
})

test('cuts come to another place than where they were moved', () => {
  const names = (cuts: Cuts) => cuts.map(({ sourceId }) => sourceId).join('')
  assert.deepEqual(
    [names(move(CUTS, 0, 1)), names(move(CUTS, 2, 0)), names(move(CUTS, 0, 9))],
    ['bac', 'cab', 'bca'],
  )
  assert.equal(move(CUTS, 1, 1), CUTS)
  assert.equal(names(duplicate(CUTS, 1).cuts ?? []), 'abbc')
  assert.equal(names(insert(CUTS, 0, cut('d', 0, 1)).cuts ?? []), 'dabc')
  assert.equal(names(replace(CUTS, 2, cut('d', 0, 1)).cuts ?? []), 'abd')
  assert.equal(names(remove(CUTS, 1).cuts ?? []), 'ac')
})

test('a clip becomes shorter or longer than a clip may be', () => {
  assert.match(remove([cut('a', 0, 3)], 0).refusal ?? '', /0\.5 s/)
  assert.match(remove([cut('a', 0, 3), cut('b', 0, 0.4)], 0).refusal ?? '', /0\.5 s/)
  const long = [cut('a', 0, 599)]
  const grid = { ...GRID, durationOf: () => 5000 }
  assert.match(insert(long, 0, cut('b', 0, 2)).refusal ?? '', /10 minutes/)
  assert.equal(lengthOf(trim(long, 0, 'end', 99, grid)), 600)
  const many = Array.from({ length: 400 }, () => cut('a', 0, 1))
  assert.match(duplicate(many, 0).refusal ?? '', /400 cuts/)
  assert.match(split(many, 0.5, GRID).refusal ?? '', /400 cuts/)
})

test('a moment that takes the place of a cut does not last as long as it', () => {
  assert.deepEqual(ranges([lasting(cut('a', 4, 9), 2, GRID)]), [['a', 4, 6]])
  assert.deepEqual(ranges([lasting(cut('a', 4, 5), 2, GRID)]), [['a', 4, 6]])
  assert.deepEqual(ranges([lasting(cut('a', 9, 9.5), 2, GRID)]), [['a', 8, 10]])
  assert.deepEqual(ranges([lasting(cut('a', 9, 9.5), 20, GRID)]), [['a', 0, 10]])
})

test('a place beyond reach attracts, or the nearest one does not', () => {
  assert.deepEqual(
    [snapped(1.05, [1, 1.1, 2], 0.2), snapped(1.06, [1, 1.1], 0.2), snapped(1.5, [1, 2], 0.2)],
    [1.1, 1.1, 1.5],
  )
})

test('some edit makes a timeline that the server refuses', () => {
  const grid: Grid = { framesPerSecond: 30, durationOf: () => 12 }
  const edit = fc.record({
    kind: fc.constantFrom('trim', 'roll', 'split', 'move', 'remove', 'duplicate'),
    index: fc.nat(5),
    edge: fc.constantFrom<Edge>('start', 'end'),
    by: fc.double({ min: -15, max: 15, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
      let cuts: Cuts = [cut('a', 1, 3.333), cut('b', 4, 5.01), cut('c', 8, 9.5)]
      for (const { kind, index, edge, by } of edits) {
        const made = {
          trim: () => ({ cuts: trim(cuts, index, edge, by, grid) }),
          roll: () => ({ cuts: roll(cuts, index, by, grid) }),
          split: () => split(cuts, by + 5, grid),
          move: () => ({ cuts: move(cuts, index, Math.round(by)) }),
          remove: () => remove(cuts, index),
          duplicate: () => duplicate(cuts, index),
        }[kind]()
        const before = lengthOf(cuts)
        cuts = made.cuts ?? cuts
        if (kind === 'roll' || kind === 'move') assert.ok(Math.abs(lengthOf(cuts) - before) < 1e-5)
        const length = lengthOf(cuts)
        assert.ok(length >= SHORTEST_CLIP - 1e-6 && length <= LONGEST_CLIP + 1e-6, `${kind}: ${length}`)
        for (const each of cuts)
          assert.ok(each.start >= 0 && each.end <= 12 && secondsOf(each) >= SHORTEST_CUT - 1e-6, kind)
      }
    }),
  )
})
