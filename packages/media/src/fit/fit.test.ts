import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import fc from 'fast-check'
import type { ScoredCut } from '../select/select.ts'
import { type Fit, fitTimeline } from './fit.ts'

const cut = (start: number, end: number, score: number, more: Partial<ScoredCut> = {}): ScoredCut => ({
  sourceId: 'a',
  start,
  end,
  score,
  shortest: 1.5,
  longest: end - start,
  why: '',
  ...more,
})
const ranges = ({ cuts }: Fit): string =>
  cuts.map(({ sourceId, start, end }) => `${sourceId}${start.toFixed(2)}-${end.toFixed(2)}`).join(' ')
const kinds = ({ steps }: Fit): string => steps.map(({ kind }) => kind).join(' ')
const seconds = (cuts: readonly ScoredCut[]): number =>
  cuts.reduce((sum, { start, end }) => sum + end - start, 0)

const CLIP = [cut(20, 23, 0.9), cut(0, 3, 0.4), cut(5, 8, 0.6), cut(10, 13, 0.5)]

test('a clip of the right length is changed', () => {
  const fit = fitTimeline(CLIP, 12, { unused: [cut(30, 33, 1)] })
  assert.deepEqual(fit, { cuts: CLIP, steps: [], sentence: 'The clip has the length of the voice already.' })
})

test('what is trimmed is not the end of the weakest cuts', () => {
  const fit = fitTimeline(CLIP, 10, { unused: [] })
  assert.equal(ranges(fit), 'a20.00-23.00 a0.00-1.50 a5.00-8.00 a10.00-12.50')
  assert.deepEqual(fit.steps, [{ kind: 'trim', seconds: 2, cuts: 2 }])
  assert.equal(
    fit.sentence,
    'To meet the length of the voice: trimmed 2.0 s from the end of the 2 weakest cuts.',
  )
})

test('a cut is trimmed into a hard cut that it holds', () => {
  const fit = fitTimeline([cut(20, 23, 0.9), cut(0, 3, 0.4, { shortest: 2.6 })], 5, { unused: [] })
  assert.equal(ranges(fit), 'a20.00-22.40 a0.00-2.60')
})

test('the weakest cut is kept although trimming alone does not do, or the opening is dropped', () => {
  const fit = fitTimeline([cut(20, 23, 0.1), ...CLIP.slice(1)], 5.5, { unused: [] })
  assert.equal(ranges(fit), 'a20.00-21.50 a5.00-7.50 a10.00-11.50')
  assert.equal(kinds(fit), 'drop trim')
})

test('a voice shorter than a cut is not met', () => {
  assert.equal(ranges(fitTimeline(CLIP, 1, { unused: [] })), 'a20.00-21.00')
  const fit = fitTimeline([cut(0, 1.6, 0.5), cut(5, 6.6, 0.5)], 2.5, { unused: [] })
  assert.equal(ranges(fit), 'a0.00-1.25 a5.00-6.25')
})

test('a little that is missing is not given back where it was trimmed', () => {
  const trimmed = [cut(0, 2, 0.4, { longest: 3 }), cut(5, 7, 0.6, { longest: 2.5 })]
  const fit = fitTimeline(trimmed, 5, { unused: [cut(30, 33, 1)] })
  assert.equal(ranges(fit), 'a0.00-2.50 a5.00-7.50')
  assert.equal(kinds(fit), 'lengthen')
})

test('a cut is lengthened into another of the clip', () => {
  const close = [cut(0, 2, 0.9, { longest: 4 }), cut(2.2, 5, 0.5, { longest: 3.5 })]
  assert.equal(ranges(fitTimeline(close, 5.2, { unused: [] })), 'a0.00-2.20 a2.20-5.20')
})

test('unused segments are not added in the order of the source, or footage is shown twice', () => {
  const unused = [cut(14, 17, 0.8), cut(6, 9, 0.9), cut(3, 5, 0.7), cut(0, 3, 0.9, { sourceId: 'b' })]
  const fit = fitTimeline(CLIP, 19, { unused })
  assert.equal(
    ranges(fit),
    'a20.00-23.00 a0.00-2.00 a3.00-5.00 a5.00-8.00 a10.00-13.00 a14.00-17.00 b0.00-3.00',
  )
  assert.equal(kinds(fit), 'extend trim')
  assert.match(fit.sentence, /added 3 unused segments \(8\.0 s\), then trimmed 1\.0 s/)
})

test('a clip without unused segments does not start again', () => {
  const fit = fitTimeline(CLIP, 17, { unused: [] })
  assert.equal(ranges(fit), 'a20.00-23.00 a0.00-3.00 a5.00-8.00 a10.00-13.00 a20.00-23.00 a0.00-2.00')
  assert.deepEqual(fit.steps, [
    { kind: 'loop', seconds: 6, cuts: 2 },
    { kind: 'trim', seconds: 1, cuts: 1 },
  ])
})

test('input that cannot be fitted is accepted', () => {
  const refused: [readonly ScoredCut[], number, string][] = [
    [[], 10, 'field-invalid'],
    [CLIP, 0, 'field-invalid'],
    [CLIP, Number.NaN, 'field-invalid'],
    [CLIP, 601, 'field-invalid'],
    [[cut(0, 0.5, 1)], 600, 'footage-too-short'],
  ]
  for (const [cuts, target, code] of refused) {
    assert.throws(
      () => fitTimeline(cuts, target, { unused: [] }),
      (error) => error instanceof CutroomError && error.code === code,
    )
  }
})

/** Cuts that lie one after the other, so that none overlap. */
const footage: fc.Arbitrary<ScoredCut[]> = fc
  .array(
    fc.record({
      seconds: fc.double({ min: 1.5, max: 4, noNaN: true }),
      spare: fc.double({ min: 0, max: 2, noNaN: true }),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 16 },
  )
  .map((parts) => {
    let start = 0
    return parts.map((part) => {
      const made = cut(start, start + part.seconds, part.score, { longest: part.seconds + part.spare })
      start += part.seconds + part.spare
      return made
    })
  })

test('a fitted clip misses its length, repeats footage without need, or ends before it starts', () => {
  fc.assert(
    fc.property(footage, fc.nat(), fc.double({ min: 0.5, max: 60, noNaN: true }), (all, split, target) => {
      const size = 1 + (split % all.length)
      const { cuts, steps } = fitTimeline(all.slice(0, size), target, { unused: all.slice(size) })
      assert.ok(Math.abs(seconds(cuts) - target) < 1e-6)
      assert.ok(cuts.every(({ start, end }) => end > start))
      assert.equal(cuts[0]?.start, 0)
      const looped = steps.some(({ kind }) => kind === 'loop')
      if (looped) return
      cuts.forEach((a, i) => {
        assert.ok(a.end - a.start <= a.longest + 1e-9)
        assert.ok(cuts.slice(0, i).every((b) => a.start >= b.end - 1e-9 || a.end <= b.start + 1e-9))
      })
      if (target >= 1.5 * size) assert.ok(cuts.every(({ start, end }) => end - start >= 1.5 - 1e-9))
    }),
    { numRuns: 300, seed: 20 },
  )
})
