import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError, timelineSeconds } from '@cutroom/contracts'
import { BLACK, BLURRED, featuresOf, type Shot, STILL } from './features-fixture.ts'
import { leastMeanOverlap } from './overlap.ts'
import { type Selection, type SelectionOptions, selectTimelines } from './select.ts'

const OPTIONS: SelectionOptions = { count: 1, targetSeconds: 5, seed: 1 }
const select = (shots: readonly Shot[], options: Partial<SelectionOptions> = {}): Selection =>
  selectTimelines([{ sourceId: 'a', features: featuresOf(shots) }], { ...OPTIONS, ...options })
const ranges = (selection: Selection): string[] =>
  selection.variants.map(({ cuts }) => cuts.map(({ start, end }) => `${start}-${end}`).join(' '))
const shots = (count: number, seconds: number): Shot[] => Array.from({ length: count }, () => ({ seconds }))

function failure(run: () => unknown): CutroomError {
  try {
    run()
  } catch (error) {
    assert.ok(error instanceof CutroomError)
    return error
  }
  assert.fail('nothing was thrown')
}

test('a timeline is not exactly as long as asked, or a cut is not clear of its hard cuts', () => {
  const selection = select(shots(2, 3), { targetSeconds: 5.9 })
  assert.deepEqual(ranges(selection), ['3.02-6 0-2.92'])
  const [opening, other] = selection.variants[0]?.cuts ?? []
  assert.equal(opening?.reason.startsOnHardCut, 3)
  assert.deepEqual([other?.shortest, other?.longest], [1.5, 2.96])
  assert.equal(selection.variants[0]?.seconds, 5.9)
  assert.equal(selection.usableSeconds, 5.94)
})

test('the strongest motion does not open, or the reason does not say so', () => {
  const selection = select([{ seconds: 3 }, { seconds: 3, motion: 0.02 }, { seconds: 3, motion: 0.12 }], {
    targetSeconds: 8.8,
  })
  const cuts = selection.variants[0]?.cuts ?? []
  assert.deepEqual(
    cuts.map(({ start, reason }) => [start, reason.role]),
    [
      [6.02, 'opening'],
      [0, 'body'],
      [3.02, 'body'],
    ],
  )
  assert.equal(
    cuts[0]?.why,
    'Opens: strongest motion of the source, sharp, well lit; starts on the hard cut at 6.00 s.',
  )
})

test('a near duplicate is taken although other pictures are there', () => {
  const twins = [
    { seconds: 3, hash: 0n, motion: 0.1 },
    { seconds: 3 },
    { seconds: 3, hash: 0b1111n, motion: 0.1 },
  ]
  const selection = select([...twins, { seconds: 3 }], { targetSeconds: 8 })
  assert.deepEqual(selection.notes, [])
  const starts = selection.variants[0]?.cuts.map(({ start }) => start) ?? []
  assert.equal(starts.filter((start) => start < 3 || (start > 6 && start < 9)).length, 1)
})

test('footage of one scene fails, or its near duplicates go unsaid', () => {
  const selection = select([{ seconds: 30 }], { targetSeconds: 10 })
  assert.deepEqual(
    selection.notes.map(({ code }) => code),
    ['pictures-alike'],
  )
  const cuts = selection.variants[0]?.cuts ?? []
  cuts.slice(1).forEach((cut, i) => {
    const before = cuts[i]
    if (before !== undefined && before.start < cut.start) assert.ok(cut.start - before.end >= 1)
  })
})

test('footage that is too short is not refused with numbers', () => {
  const poor = [
    { seconds: 3 },
    { seconds: 2, ...BLACK },
    { seconds: 3 },
    { seconds: 4, ...STILL },
    { seconds: 2.5, ...BLURRED },
    { seconds: 1 },
  ]
  const error = failure(() => select(poor, { targetSeconds: 14 }))
  assert.equal(error.code, 'footage-too-short')
  assert.equal(
    error.message,
    'The footage has 5.9 s that can be used, and every clip needs 14.0 s. Left out: 2.0 s black, 4.0 s without movement, 2.5 s blurred, 1.1 s in pieces too short for a cut.',
  )
  assert.equal(error.details.usableSeconds, 5.9)
  assert.equal(error.details.neededSeconds, 14)

  const best = select(poor, { targetSeconds: 14, bestEffort: true })
  assert.ok(best.notes.some(({ code }) => code === 'flawed-footage'))
  for (const { start, end } of best.variants[0]?.cuts ?? [])
    assert.ok(end <= 3 || start >= 5, 'black is shown')
})

test('flawed footage is shown before all good footage is', () => {
  const selection = select([...shots(3, 3), { seconds: 20, ...STILL }], {
    count: 2,
    targetSeconds: 12,
    bestEffort: true,
  })
  for (const { cuts } of selection.variants) {
    const flawed = timelineSeconds(cuts.filter(({ reason }) => reason.flaw !== null))
    assert.ok(Math.abs(flawed - (12 - selection.usableSeconds)) < 1, `${flawed} s of flawed footage`)
  }
})

test('footage of nothing but black gives something', () => {
  const run = () => select([{ seconds: 20, ...BLACK }], { bestEffort: true })
  assert.equal(failure(run).code, 'footage-too-short')
})

test('shots of under half a second cannot be cut', () => {
  const selection = select(shots(30, 0.4))
  assert.ok(Math.abs((selection.variants[0]?.seconds ?? 0) - 5) <= 0.5)
})

test('a source that is worth it is left out of a variant, or sources are interleaved', () => {
  const selection = selectTimelines(
    [
      { sourceId: 'a', features: featuresOf(shots(24, 3)) },
      {
        sourceId: 'b',
        features: featuresOf([
          { seconds: 3, hash: 7n ** 20n },
          { seconds: 3, hash: 5n ** 25n },
          { seconds: 3, hash: 3n ** 39n },
        ]),
      },
    ],
    { count: 3, targetSeconds: 15, seed: 4 },
  )
  for (const { cuts } of selection.variants) {
    assert.deepEqual([...new Set(cuts.map(({ sourceId }) => sourceId))].sort(), ['a', 'b'])
    const body = cuts.slice(1).map(({ sourceId, start }) => `${sourceId}${start.toFixed(2).padStart(8, '0')}`)
    assert.deepEqual(body, [...body].sort())
  }
})

test('overlap is far from the least that the footage allows', () => {
  const cases = [
    { count: 3, targetSeconds: 20, seconds: 75, slack: 0 },
    { count: 10, targetSeconds: 30, seconds: 330, slack: 0 },
    { count: 3, targetSeconds: 20, seconds: 63, slack: 0.09 },
    { count: 3, targetSeconds: 20, seconds: 45, slack: 0.06 },
    { count: 10, targetSeconds: 20, seconds: 120, slack: 0.01 },
    { count: 20, targetSeconds: 30, seconds: 300, slack: 0.01 },
  ]
  for (const { count, targetSeconds, seconds, slack } of cases) {
    const { overlap, usableSeconds } = select(shots(seconds / 5, 5), { count, targetSeconds, seed: 3 })
    const least = leastMeanOverlap(usableSeconds, targetSeconds, count)
    const said = `${count} × ${targetSeconds} s of ${seconds} s: ${overlap.mean} instead of ${least}`
    assert.ok(overlap.mean <= least + slack + 1e-9, said)
  }
})

test('variants open alike where the footage has different shots', () => {
  const { variants, notes } = select(shots(10, 5), { count: 8, targetSeconds: 20 })
  assert.equal(new Set(variants.map(({ cuts }) => Math.floor((cuts[0]?.start ?? 0) / 5))).size, 8)
  assert.ok(notes.every(({ code }) => code !== 'openings-alike'))
})

test('timelines that exist already are repeated', () => {
  const footage = shots(20, 4)
  const first = select(footage, { count: 2, targetSeconds: 18 })
  const avoid = first.variants.map(({ cuts }) =>
    cuts.map(({ sourceId, start, end }) => ({ sourceId, start, end })),
  )
  const second = select(footage, { count: 2, targetSeconds: 18, avoid })
  assert.deepEqual(second.overlap.withAvoided, [0, 0])
  assert.equal(second.overlap.max, 0)
})

test('the same input gives another output, or another seed the same', () => {
  const run = (seed: number) => select(shots(20, 4), { count: 3, targetSeconds: 15, seed })
  assert.deepEqual(run(7), run(7))
  assert.notDeepEqual(ranges(run(7)), ranges(run(8)))
})

test('an option outside of its limits is accepted', () => {
  const refused: [Partial<SelectionOptions>, string][] = [
    [{ count: 0 }, 'count'],
    [{ count: 21 }, 'count'],
    [{ count: 1.5 }, 'count'],
    [{ targetSeconds: 1.4 }, 'targetSeconds'],
    [{ targetSeconds: 600.1 }, 'targetSeconds'],
    [{ targetSeconds: Number.NaN }, 'targetSeconds'],
    [{ seed: 0.5 }, 'seed'],
  ]
  for (const [options, field] of refused) {
    const error = failure(() => select(shots(5, 3), options))
    assert.deepEqual([error.code, error.field], ['field-invalid', field])
  }
  assert.equal(failure(() => selectTimelines([], OPTIONS)).field, 'sources')
  const source = { sourceId: 'a', features: featuresOf(shots(5, 3)) }
  assert.equal(failure(() => selectTimelines([source, source], OPTIONS)).field, 'sources')
})

const notLike = select(shots(12, 6), { targetSeconds: 8 })
const model = notLike.variants.flatMap(({ cuts }) => cuts)
const shownShots = (selection: Selection): string[] =>
  selection.variants.map(({ cuts }) => cuts.map(({ start }) => Math.floor(start / 6)).join(' '))

test('clips like another open otherwise than it, trim its opening, or share more of it than that', () => {
  for (const seed of [1, 2, 3]) {
    const like = select(shots(12, 6), { count: 3, targetSeconds: 8, seed, like: model, avoid: [model] })
    const [opening] = model
    for (const { cuts, seconds } of like.variants) {
      assert.deepEqual([cuts[0]?.start, cuts[0]?.end], [opening?.start, opening?.end])
      assert.equal(cuts[0]?.reason.role, 'opening')
      assert.ok(Math.abs(seconds - 8) <= 0.5, `${seconds} s`)
    }
    const openingShare = timelineSeconds(model.slice(0, 1)) / 8
    for (const share of [like.overlap.max, ...like.overlap.withAvoided])
      assert.ok(share < openingShare + 0.05, `${share} of the footage is shared`)
    assert.ok(like.notes.every(({ code }) => code === 'footage-reused'))
  }
})

test('clips like another prefer other shots than its own', () => {
  const [own] = shownShots(notLike)
  const shotsOf = (like: boolean) =>
    shownShots(select(shots(12, 6), { targetSeconds: 8, avoid: [model], ...(like && { like: model }) }))[0]
  assert.deepEqual([own, shotsOf(true), shotsOf(false)], ['4 0 7 10', '4 0 7 10', '8 1 5 11'])
})

test('a clip whose source is not among the footage is imitated, or that goes unsaid', () => {
  const like = [{ sourceId: 'gone', start: 0, end: 3 }]
  const selection = select(shots(6, 3), { like })
  assert.deepEqual(
    selection.notes.map(({ code }) => code),
    ['opening-lost'],
  )
  assert.deepEqual(ranges(selection), ranges(select(shots(6, 3))))
})

test('an opening that a person cut out of black, or longer than half of the clip, is lost', () => {
  const black = [{ seconds: 3 }, { seconds: 3, ...BLACK }, ...shots(4, 3)]
  const at = (start: number, end: number) =>
    select(black, { targetSeconds: 6, like: [{ sourceId: 'a', start, end }] }).variants[0]?.cuts[0]
  assert.deepEqual([at(3.5, 5)?.start, at(3.5, 5)?.end], [3.5, 5])
  assert.equal(at(6.5, 8.9)?.end, 8.9)
  assert.equal(at(0.25, 5.75)?.start, 0.25)
})
