import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Features } from '../features/features.ts'
import { hashesOf } from './alike.ts'
import { BLACK, BLURRED, featuresOf, PLAIN, STILL } from './features-fixture.ts'
import { hardCutsMs, labelSamples, shotMotion, stretches } from './usable.ts'

/** The labels as runs: `3 ok, 2 black` in samples. */
function runs(features: Features): string {
  const found: { name: string; count: number }[] = []
  for (const label of labelSamples(features, shotMotion(features), hashesOf(features))) {
    const last = found.at(-1)
    if (last?.name === (label ?? 'ok')) last.count++
    else found.push({ name: label ?? 'ok', count: 1 })
  }
  return found.map(({ name, count }) => `${count} ${name}`).join(', ')
}

test('black, plain, dead and blurred stretches are not told apart', () => {
  const shots = [{ seconds: 3 }, { seconds: 2, ...BLACK }, { seconds: 1, ...PLAIN }, { seconds: 3 }]
  assert.equal(runs(featuresOf(shots)), '30 ok, 20 black, 10 plain, 30 ok')
  const dull = [{ seconds: 4 }, { seconds: 3, ...STILL }, { seconds: 2, ...BLURRED }]
  assert.equal(runs(featuresOf(dull)), '40 ok, 30 dead, 20 blurred')
})

test('a dark scene with lights is taken for black', () => {
  assert.equal(runs(featuresOf([{ seconds: 3, brightness: 0.08, contrast: 0.1 }])), '30 ok')
  assert.equal(runs(featuresOf([{ seconds: 3, brightness: 0.08, contrast: 0.03 }])), '30 black')
})

test('a pause in the motion is taken for a dead stretch', () => {
  const pause = [{ seconds: 3 }, { seconds: 0.8, ...STILL, joined: true }, { seconds: 3, joined: true }]
  assert.equal(runs(featuresOf(pause)), '68 ok')
})

test('a key frame that pops hides a dead stretch', () => {
  const features = featuresOf([{ seconds: 6, ...STILL }])
  features.motion[30] = 0.2
  assert.equal(runs(features), '60 dead')
})

test('slow graphics are taken for a dead stretch although the picture changes in the end', () => {
  const slow = featuresOf([{ seconds: 6, ...STILL }])
  for (let i = 0; i < 60; i++) slow.hash[i] = (1n << BigInt(Math.floor(i / 4))) - 1n
  assert.equal(runs(slow), '60 ok')
  slow.motion.fill(0.0001)
  assert.equal(runs(slow), '60 dead')
  const noisy = featuresOf([{ seconds: 6, ...STILL }])
  for (let i = 0; i < 60; i++) noisy.hash[i] = BigInt(0b111) << BigInt(3 * (i % 7))
  assert.equal(runs(noisy), '60 dead')
})

test('the jump of a hard cut is counted as motion', () => {
  const features = featuresOf([{ seconds: 1 }, { seconds: 1 }])
  features.motion[10] = 0.5
  assert.deepEqual(Array.from(shotMotion(features).slice(9, 13)), Array.from(features.motion.slice(11, 15)))
})

test('a stretch reaches into what lies between an allowed and a refused sample, or stops short of a hard cut there', () => {
  const features = featuresOf([{ seconds: 2.05 }, { seconds: 2, ...BLACK }, { seconds: 3 }])
  const labels = labelSamples(features, shotMotion(features), hashesOf(features))
  const good = (i: number): boolean => labels[i] === null
  assert.deepEqual(stretches(features, hardCutsMs(features), good), [
    { startMs: 0, endMs: 2010 },
    { startMs: 4070, endMs: 7050 },
  ])
  assert.deepEqual(stretches(features, [], good), [
    { startMs: 0, endMs: 2000 },
    { startMs: 4100, endMs: 7050 },
  ])
})

test('a source without samples has stretches', () => {
  assert.deepEqual(
    stretches(featuresOf([]), [], () => true),
    [],
  )
})
