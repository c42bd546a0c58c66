import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findHardCuts } from './hard-cuts.ts'

/** Steps of `[difference, novelty]`; the same in between. */
const cuts = (frames: number, steps: Record<number, [number, number]>, rate = 30): number[] => {
  const difference = new Float32Array(frames).fill(0.005)
  const novelty = new Float32Array(frames).fill(0.02)
  for (const [frame, [far, new_]] of Object.entries(steps)) {
    difference[Number(frame)] = far
    novelty[Number(frame)] = new_
  }
  return findHardCuts({ difference, novelty }, rate)
}

test('one large step to another picture is a cut', () => {
  assert.deepEqual(cuts(60, { 20: [0.3, 1], 40: [0.04, 0.8] }), [20, 40])
})

test('a change of light on the same picture is no cut', () => {
  assert.deepEqual(cuts(60, { 20: [0.3, 0.2] }), [])
})

test('noise on black is no cut', () => {
  assert.deepEqual(cuts(60, { 20: [0.01, 0.9] }), [])
})

test('a flash is a pair of equal steps, not two cuts', () => {
  assert.deepEqual(cuts(60, { 20: [0.5, 0.8], 21: [0.5, 0.8] }), [])
  assert.deepEqual(cuts(60, { 20: [0.5, 0.8], 23: [0.5, 0.8] }), [])
})

test('fast motion is many large steps in a row, not many cuts', () => {
  assert.deepEqual(
    cuts(60, Object.fromEntries(Array.from({ length: 20 }, (_, at) => [at + 20, [0.2 + at / 900, 0.7]]))),
    [],
  )
})

test('a cut into fast motion stands out', () => {
  assert.deepEqual(cuts(60, { 20: [0.24, 0.95], 21: [0.15, 0.5], 22: [0.15, 0.5], 23: [0.14, 0.5] }), [20])
})

test('at ten frames a second, shots of three frames keep their cuts', () => {
  assert.deepEqual(cuts(30, { 10: [0.3, 1], 13: [0.3, 1] }, 10), [10, 13])
})
