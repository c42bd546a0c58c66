import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { decodeFeatures, encodeFeatures } from './codec.ts'
import type { Features } from './features.ts'

const unit = (length: number) =>
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: length, maxLength: length })
const series32 = (length: number) => unit(length).map((values) => Float32Array.from(values))
const features: fc.Arbitrary<Features> = fc.integer({ min: 1, max: 60 }).chain((samples) =>
  fc.record({
    durationSeconds: fc.double({ min: 0.01, max: 43_200, noNaN: true }),
    motion: series32(samples),
    brightness: series32(samples),
    contrast: series32(samples),
    sharpness: series32(samples),
    focusX: series32(samples),
    focusY: series32(samples),
    speech: series32(samples),
    loudness: unit(samples).map((values) => Float32Array.from(values, (value) => value * 100 - 100)),
    hash: fc
      .array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: samples, maxLength: samples })
      .map((values) => BigUint64Array.from(values)),
    hardCuts: fc
      .array(fc.double({ min: 0, max: 43_200, noNaN: true }))
      .map((values) => Float64Array.from(values.sort())),
    hasAudio: fc.boolean(),
  }),
)

const close = (a: Float32Array, b: Float32Array, tolerance: number): void => {
  assert.equal(a.length, b.length)
  a.forEach((value, index) => {
    assert.ok(
      Math.abs(value - (b[index] ?? Number.NaN)) <= tolerance,
      `${index}: ${value} became ${b[index]}`,
    )
  })
}

test('what is written is read again within the steps of the format', () => {
  fc.assert(
    fc.property(features, (before) => {
      const after = decodeFeatures(encodeFeatures(before))
      assert.equal(after.durationSeconds, before.durationSeconds)
      assert.equal(after.hasAudio, before.hasAudio)
      assert.deepEqual(after.hash, before.hash)
      assert.deepEqual(after.hardCuts, before.hardCuts)
      for (const name of ['motion', 'brightness', 'contrast', 'sharpness'] as const)
        close(before[name], after[name], 1e-5)
      for (const name of ['focusX', 'focusY', 'speech'] as const) close(before[name], after[name], 0.002)
      close(before.loudness, after.loudness, 0.0011)
    }),
  )
})

const series = (...values: number[]) => Float32Array.from(values)
const SAMPLE: Features = {
  durationSeconds: 0.2,
  motion: series(0, 1),
  brightness: series(0.5, 0.5),
  contrast: series(0, 0),
  sharpness: series(0, 0),
  focusX: series(0, 1),
  focusY: series(0.5, 0.5),
  hash: BigUint64Array.of(1n, 2n),
  loudness: series(-100, 0),
  speech: series(0, 1),
  hardCuts: Float64Array.of(0.1),
  hasAudio: true,
}

test('the layout of version 2 stays as it is', () => {
  const bytes = gunzipSync(encodeFeatures(SAMPLE))
  const expected = [
    '435246540200010002000000010000009a9999999999c93f',
    ...['0000ffff', '00800080', '00000000', '00000000', '00ff', '8080', '000050c3'],
    ...['01000000000000000200000000000000', '9a9999999999b93f', '00ff'],
  ]
  assert.equal(bytes.toString('hex'), expected.join(''))
})

test('in a file of version 1, which knew no speech, nobody speaks', () => {
  const bytes = gunzipSync(encodeFeatures(SAMPLE)).subarray(0, -2)
  bytes.writeUInt16LE(1, 4)
  assert.deepEqual(decodeFeatures(gzipSync(bytes)), {
    ...decodeFeatures(encodeFeatures(SAMPLE)),
    speech: series(0, 0),
  })
})

test('another version is refused', () => {
  const bytes = gunzipSync(encodeFeatures(SAMPLE))
  bytes.writeUInt16LE(3, 4)
  assert.throws(() => decodeFeatures(gzipSync(bytes)), { code: 'features-unreadable', message: /version 3/ })
})

test('a cut-off or changed file is refused', () => {
  const file = encodeFeatures(SAMPLE)
  for (let length = 0; length < file.length; length++) {
    assert.throws(
      () => decodeFeatures(file.subarray(0, length)),
      { code: 'features-unreadable' },
      `${length} bytes`,
    )
  }
  const changed = file.slice()
  changed[20] = (changed[20] ?? 0) ^ 0xff
  assert.throws(() => decodeFeatures(changed), { code: 'features-unreadable' })
})

test('a count that does not fit the length is refused', () => {
  const bytes = gunzipSync(encodeFeatures(SAMPLE))
  bytes.writeUInt32LE(0xffff_ffff, 8)
  assert.throws(() => decodeFeatures(gzipSync(bytes)), { code: 'features-unreadable', message: /length/ })
})
