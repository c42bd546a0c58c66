import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SoundAnalyser } from './sound-analyser.ts'

const pcm = (samples: number, value: (index: number) => number): Buffer => {
  const bytes = Buffer.alloc(samples * 2)
  for (let index = 0; index < samples; index++) bytes.writeInt16LE(value(index), index * 2)
  return bytes
}
const analyse = (bytes: Buffer, seconds: number, levels: number, chunk = bytes.length) => {
  const analyser = new SoundAnalyser(seconds, levels)
  for (let at = 0; at < bytes.length; at += chunk) analyser.push(bytes.subarray(at, at + chunk))
  return analyser.finish()
}

test('a square wave of half scale is -6.02 dBFS and has peaks of a half', () => {
  const { loudness, waveform } = analyse(
    pcm(16_000, (index) => (index & 1 ? 16_384 : -16_384)),
    1,
    10,
  )
  assert.equal(loudness.length, 10)
  for (const level of loudness) assert.ok(Math.abs(level + 6.0206) < 1e-3)
  assert.equal(waveform.peaks.length, 100)
  assert.deepEqual([...waveform.peaks.subarray(0, 4)], [-63, 64, -63, 64])
})

test('digital silence is -100 dBFS', () => {
  assert.deepEqual(
    [
      ...analyse(
        pcm(3200, () => 0),
        0.2,
        2,
      ).loudness,
    ],
    [-100, -100],
  )
})

test('a step in level falls between the right samples', () => {
  const { loudness } = analyse(
    pcm(4800, (index) => (index < 1600 || index >= 3200 ? 0 : 32_767)),
    0.3,
    3,
  )
  assert.deepEqual([...loudness].map(Math.round), [-100, -0, -100])
})

test('sound that ends early is followed by silence; an unfinished sample counts what came', () => {
  const { loudness } = analyse(
    pcm(2400, () => 16_384),
    0.4,
    4,
  )
  assert.deepEqual([...loudness].map(Math.round), [-6, -6, -100, -100])
})

test('sound that goes on after the picture is left out', () => {
  const { loudness, waveform } = analyse(
    pcm(16_000, () => 16_384),
    0.2,
    2,
  )
  assert.deepEqual([loudness.length, waveform.peaks.length], [2, 20])
})

test('chunks may be cut anywhere, inside a sample too', () => {
  const bytes = pcm(4000, (index) => ((index * 7919) % 60_000) - 30_000)
  const whole = analyse(bytes, 0.25, 3)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), (chunk) => {
      assert.deepEqual(analyse(bytes, 0.25, 3, chunk), whole)
    }),
    { numRuns: 30 },
  )
})
