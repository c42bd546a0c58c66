import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BLACK, featuresOf, PLAIN, type Shot, STILL } from './features-fixture.ts'
import { findSegments } from './found.ts'

const find = (shots: readonly Shot[], most = 60) => findSegments(featuresOf(shots), most)

test('segments are not clear of hard cuts, or not in the order of the source', () => {
  const { segments, usableSeconds } = find([{ seconds: 3 }, { seconds: 3, motion: 0.12 }])
  assert.deepEqual(
    segments.map(({ start, end, why }) => ({ start, end, why })),
    [
      { start: 0, end: 2.96, why: 'Lively, sharp, well lit.' },
      {
        start: 3.02,
        end: 6,
        why: 'Strongest motion of the source, sharp, well lit; starts on the hard cut at 3.00 s.',
      },
    ],
  )
  assert.equal(usableSeconds, 5.94)
})

test('of more segments than asked for, others than the best are kept, or what is usable shrinks', () => {
  const shots = [{ seconds: 3 }, { seconds: 3, motion: 0.12 }, { seconds: 3, motion: 0.01 }]
  const all = find(shots)
  const { segments, usableSeconds } = find(shots, 1)
  assert.deepEqual(
    segments.map(({ start }) => start),
    [3.02],
  )
  assert.equal(usableSeconds, all.usableSeconds)
})

test('what is not worth showing is not told, or told with wrong times', () => {
  const { segments, flaws } = find([
    { seconds: 2, ...BLACK },
    { seconds: 3 },
    { seconds: 2, ...STILL },
    { seconds: 1.95, ...PLAIN },
  ])
  assert.deepEqual(flaws, [
    { start: 0, end: 2, flaw: 'black' },
    { start: 5, end: 7, flaw: 'dead' },
    { start: 7, end: 8.95, flaw: 'plain' },
  ])
  assert.deepEqual(
    segments.map(({ start, end }) => [start, end]),
    [[2.02, 4.96]],
  )
})

test('a source without anything worth showing has segments', () => {
  const { segments, usableSeconds, flaws } = find([{ seconds: 4, ...BLACK }])
  assert.deepEqual([segments, usableSeconds, flaws], [[], 0, [{ start: 0, end: 4, flaw: 'black' }]])
})

test('the same source gives other segments the second time', () => {
  const shots = Array.from({ length: 10 }, (_, i) => ({ seconds: 5, motion: 0.02 + i / 100 }))
  assert.deepEqual(find(shots), find(shots))
})
