import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError, timelineSeconds } from '@cutroom/contracts'
import fc from 'fast-check'
import { hashesOf, leastDifference } from './alike.ts'
import { BLACK, BLURRED, featuresOf, PLAIN, type Shot, STILL } from './features-fixture.ts'
import { type Selection, type SelectionOptions, type SelectionSource, selectTimelines } from './select.ts'
import { hardCutsMs, labelSamples, shotMotion } from './usable.ts'

const shot: fc.Arbitrary<Shot> = fc
  .tuple(
    fc.integer({ min: 2, max: 120 }),
    fc.constantFrom({}, {}, {}, {}, BLACK, STILL, BLURRED, PLAIN, { joined: true }),
    fc.record({ hash: fc.bigInt(0n, 2n ** 64n - 1n), loudness: fc.integer({ min: -60, max: -5 }) }),
  )
  .map(([tenths, look, own]) => ({ seconds: tenths / 10, motion: 0.05, ...own, ...look }))
/** Shots whose hard cuts lie between samples too. */
const sources: fc.Arbitrary<SelectionSource[]> = fc
  .array(fc.tuple(fc.array(shot, { minLength: 1, maxLength: 25 }), fc.integer({ min: 0, max: 99 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((all) =>
    all.map(([shots, shift], i) => {
      const [first, ...rest] = shots
      const moved = first === undefined ? [] : [{ ...first, seconds: first.seconds + shift / 1000 }, ...rest]
      return { sourceId: `source-${i}`, features: featuresOf(moved, i !== 1) }
    }),
  )
const options: fc.Arbitrary<SelectionOptions> = fc.record({
  count: fc.integer({ min: 1, max: 6 }),
  targetSeconds: fc.integer({ min: 1500, max: 40_000 }).map((ms) => ms / 1000),
  seed: fc.integer(),
  bestEffort: fc.boolean(),
})

/** What is wrong with a selection, or nothing. */
function faults(all: readonly SelectionSource[], asked: SelectionOptions, selection: Selection): string[] {
  const found: string[] = []
  const looks = new Map(
    all.map(({ sourceId, features }) => {
      const hashes = hashesOf(features)
      return [
        sourceId,
        {
          hashes,
          cuts: hardCutsMs(features),
          labels: labelSamples(features, shotMotion(features), hashes),
          durationMs: features.durationSeconds * 1000,
        },
      ]
    }),
  )
  if (selection.variants.length !== asked.count) found.push(`${selection.variants.length} variants`)
  selection.variants.forEach(({ cuts, seconds, unused }, variant) => {
    const said = (code: string) =>
      selection.notes.some((n) => n.code === code && 'variants' in n && n.variants.includes(variant))
    if (Math.abs(timelineSeconds(cuts) - seconds) > 1e-6) found.push('seconds are not those of the cuts')
    const missed = asked.targetSeconds - seconds
    if (missed < -0.5 || (missed > 0.5 && !(asked.bestEffort === true && said('shorter')))) {
      found.push(`lasts ${seconds} s instead of ${asked.targetSeconds} s`)
    }
    for (const cut of [...cuts, ...unused]) {
      const look = looks.get(cut.sourceId)
      assert.ok(look, 'unknown source')
      const [start, end] = [Math.round(cut.start * 1000), Math.round(cut.end * 1000)]
      const name = `cut ${start}-${end}`
      if (end - start < 1500 || end - start > 4000) found.push(`${name} has a bad length`)
      if (start < 0 || end > look.durationMs) found.push(`${name} is outside of its source`)
      for (const hard of look.cuts) {
        if (hard > start && hard < end && (hard - start < 250 || end - hard < 250)) {
          found.push(`${name} has the hard cut ${hard} at its edge`)
        }
      }
      const shown = look.labels.slice(Math.ceil(start / 100), Math.ceil(end / 100))
      if (shown.includes('black')) found.push(`${name} shows black`)
      if (cut.reason.flaw === null && shown.some((label) => label !== null)) found.push(`${name} has a flaw`)
      if (cut.reason.flaw !== null && asked.bestEffort !== true) found.push(`${name} was not allowed`)
      if (!(cut.score >= 0 && cut.score <= 1)) found.push(`${name} has the score ${cut.score}`)
      if (cut.shortest > cut.end - cut.start + 1e-9 || cut.longest < cut.end - cut.start - 1e-9) {
        found.push(`${name} is not between its shortest and longest`)
      }
    }
    const clip = [...cuts, ...unused]
    clip.forEach((a, i) => {
      clip.slice(0, i).forEach((b) => {
        if (a.sourceId === b.sourceId && a.start < b.end && b.start < a.end)
          found.push('footage is used twice')
      })
    })
    const pictures = cuts.flatMap(({ sourceId, start, end }) => {
      const hashes = looks.get(sourceId)?.hashes
      const [from, to] = [Math.ceil(Math.round(start * 1000) / 100), Math.ceil(Math.round(end * 1000) / 100)]
      return hashes === undefined ? [] : [{ hashes, from, to }]
    })
    const alike = pictures.some((a, i) => pictures.slice(0, i).some((b) => leastDifference(a, b) < 10))
    if (alike !== said('pictures-alike')) found.push(alike ? 'near duplicates go unsaid' : 'a note is untrue')
  })
  selection.overlap.matrix.forEach((row, i) => {
    row.forEach((share, j) => {
      let shared = 0
      for (const a of selection.variants[i]?.cuts ?? []) {
        for (const b of selection.variants[j]?.cuts ?? []) {
          if (a.sourceId === b.sourceId)
            shared += Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
        }
      }
      if (i !== j && Math.abs(share - shared / asked.targetSeconds) > 1e-9) found.push('the overlap is wrong')
    })
  })
  return found
}

test('a selection breaks one of its promises', () => {
  let made = 0
  fc.assert(
    fc.property(sources, options, (all, asked) => {
      try {
        const selection = selectTimelines(all, asked)
        assert.deepEqual(faults(all, asked, selection), [])
        assert.deepEqual(selectTimelines(all, asked), selection)
        made++
      } catch (error) {
        if (!(error instanceof CutroomError)) throw error
        assert.equal(error.code, 'footage-too-short')
      }
    }),
    { numRuns: 80, seed: 20 },
  )
  assert.ok(made > 20, `only ${made} selections were made`)
})

test('three hours of footage are too much', (context) => {
  const features = featuresOf(Array.from({ length: 2160 }, () => ({ seconds: 5 })))
  const started = performance.now()
  const { overlap } = selectTimelines([{ sourceId: 'a', features }], {
    count: 20,
    targetSeconds: 30,
    seed: 1,
  })
  context.diagnostic(`20 × 30 s of 3 h: ${((performance.now() - started) / 1000).toFixed(1)} s`)
  assert.equal(overlap.max, 0)
})
