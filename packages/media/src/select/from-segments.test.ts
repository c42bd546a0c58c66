import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError, type Timeline } from '@cutroom/contracts'
import fc from 'fast-check'
import { type ArrangeOptions, arrangeSegments, type GivenSegment } from './from-segments.ts'

const segment = (id: string, start: number, end: number, score: number | null = 0.5): GivenSegment => ({
  id,
  sourceId: 'a',
  start,
  end,
  score,
  why: '',
})
const OPTIONS: ArrangeOptions = {
  count: 1,
  targetSeconds: 6,
  order: 'in-order',
  seed: 1,
  bestEffort: false,
  avoid: [],
}
const FIVE = [0, 10, 20, 30, 40].map((start, i) => segment('pqrst'[i] ?? '', start, start + 3, 0.1 + 0.2 * i))
const arranged = (segments: readonly GivenSegment[], more: Partial<ArrangeOptions>): string[] =>
  arrangeSegments(segments, { ...OPTIONS, ...more }).timelines.map((cuts) =>
    cuts.map(({ segmentId, start, end }) => `${segmentId}${Number((end - start).toFixed(3))}`).join(' '),
  )

test('in order: the list is not followed, or a clip does not go on where the last one ended', () => {
  assert.deepEqual(arranged(FIVE, { count: 3 }), ['p3 q3', 'r3 s3', 'p3 t3'])
  assert.deepEqual(arranged(FIVE, { targetSeconds: 8 }), ['p3 q3 r2'])
})

test('in order: not the last cuts are trimmed, or one becomes a flash', () => {
  assert.deepEqual(arranged(FIVE, { targetSeconds: 6.5 }), ['p3 q2 r1.5'])
})

test('weighted: the better ones are not likelier, or the weakest is not trimmed first', () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed)
  const counts = seeds.reduce((sum, seed) => {
    const [clip = ''] = arranged(FIVE, { order: 'weighted', seed })
    for (const id of clip.replaceAll(/[\d.]/g, '').split(' ')) sum.set(id, (sum.get(id) ?? 0) + 1)
    return sum
  }, new Map<string, number>())
  const byScore = ['p', 'q', 'r', 's', 't'].map((id) => counts.get(id) ?? 0)
  assert.deepEqual(
    byScore,
    byScore.toSorted((a, b) => a - b),
  )
  assert.deepEqual(arranged(FIVE.slice(3), { order: 'weighted', targetSeconds: 5 }), ['s2 t3'])
  assert.deepEqual(arranged(FIVE, { order: 'weighted', seed: 3, count: 3 }), ['r3 t3', 'q3 s3', 'p3 t3'])
})

test('shuffled: two seeds give one order, or one seed gives two', () => {
  const orders = [1, 2, 3, 4].map((seed) => arranged(FIVE, { order: 'shuffled', seed, targetSeconds: 15 })[0])
  assert.deepEqual(orders, ['s3 t3 p3 r3 q3', 't3 p3 s3 q3 r3', 't3 p3 r3 s3 q3', 'p3 q3 t3 r3 s3'])
})

test('segments that existing clips show come before those that nobody has seen', () => {
  const avoid: Timeline[] = [
    [
      { sourceId: 'a', start: 0, end: 2 },
      { sourceId: 'a', start: 20, end: 23 },
    ],
  ]
  for (const order of ['in-order', 'weighted', 'shuffled'] as const) {
    const [clip = ''] = arranged(FIVE, { order, avoid, targetSeconds: 9 })
    assert.equal(clip.split(' ').toSorted().join(' '), 'q3 s3 t3')
  }
})

test('the same segments give the same clip twice although another beginning is possible', () => {
  const few = FIVE.slice(0, 3)
  const { timelines, notes } = arrangeSegments(few, { ...OPTIONS, count: 4, targetSeconds: 9 })
  assert.deepEqual(
    timelines.map((cuts) => cuts.map(({ segmentId }) => segmentId).join('')),
    ['pqr', 'qrp', 'rpq', 'pqr'],
  )
  assert.deepEqual(notes, ['Variant 4 is like an earlier one: the segments allow no other.'])
})

test('segments that overlap are shown in one clip', () => {
  const segments = [segment('p', 0, 4), segment('q', 2, 6), segment('r', 6, 9)]
  assert.deepEqual(arranged(segments, { targetSeconds: 7 }), ['p4 r3'])
})

test('too little is not refused, or best effort does not fill the clip and say so', () => {
  const few = FIVE.slice(0, 2)
  assert.throws(
    () => arrangeSegments(few, { ...OPTIONS, targetSeconds: 8 }),
    (error) =>
      error instanceof CutroomError &&
      error.code === 'footage-too-short' &&
      error.details.usableSeconds === 6,
  )
  const { timelines, notes } = arrangeSegments(few, { ...OPTIONS, targetSeconds: 8, bestEffort: true })
  assert.deepEqual(
    timelines[0]?.map(({ segmentId, start, end }) => `${segmentId}${start}-${end}`),
    ['p0-3', 'q10-13', 'p0-2'],
  )
  assert.deepEqual(notes, ['Variant 1 shows segments again: they last 6.0 s, and it lasts 8.0 s.'])
})

test('a clip misses its length, or runs over the end of a segment', () => {
  const lengths = fc.array(fc.double({ min: 0.2, max: 12, noNaN: true }), { minLength: 1, maxLength: 12 })
  const order = fc.constantFrom('in-order' as const, 'weighted' as const, 'shuffled' as const)
  fc.assert(
    fc.property(
      lengths,
      order,
      fc.nat(),
      fc.double({ min: 0.5, max: 40, noNaN: true }),
      (each, order, seed, target) => {
        const segments = each.map((seconds, i) => segment(`${i}`, i * 20, i * 20 + seconds, i / 12))
        const options = { ...OPTIONS, count: 3, order, seed, targetSeconds: target, bestEffort: true }
        for (const cuts of arrangeSegments(segments, options).timelines) {
          const total = cuts.reduce((sum, { start, end }) => sum + end - start, 0)
          assert.ok(Math.abs(total - target) < 1e-6, `${total} instead of ${target}`)
          for (const { segmentId, start, end } of cuts) {
            const own = segments.find(({ id }) => id === segmentId)
            assert.ok(own && start === own.start && end > start && end <= own.end)
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('clips like another: they open otherwise, show what it shows, or the other sources first', () => {
  const [p, q, r, s, t] = FIVE
  assert.ok(p && q && r && s && t)
  const like = [r, p].map(({ sourceId, start, end }) => ({ sourceId, start: start + 0.5, end }))
  assert.deepEqual(arranged(FIVE, { count: 3, like, avoid: [like] }), ['r3 q3', 'r3 s3', 'r3 t3'])
  assert.deepEqual(arranged(FIVE.slice(0, 3), { like, avoid: [like] }), ['r3 q3'])
  const other = { ...q, sourceId: 'b' }
  assert.deepEqual(arranged([p, other, r, s], { like, avoid: [like] }), ['r3 s3'])
  const { notes } = arrangeSegments([p, q, s], { ...OPTIONS, like })
  assert.deepEqual(notes, [
    'The project does not have the segment that the clip opens with, so the variants open as others do.',
  ])
})

test('a clip like another is the same although its other segments can be turned', () => {
  const [p, q, r] = FIVE
  assert.ok(p && q && r)
  const shown = [p, q, r]
  const more = { targetSeconds: 9, like: shown, avoid: [shown] }
  assert.deepEqual(arranged(shown, more), ['p3 r3 q3'])
})
