import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trimSpeech } from './trim.ts'

const RATE = 16_000
/** Stretches of `[seconds, amplitude]` of a 1 kHz tone that ends one sample early. */
const sound = (...stretches: [number, number][]): Float32Array =>
  Float32Array.from(
    stretches.flatMap(([seconds, amplitude]) => {
      const tone = Array.from(
        { length: Math.round(seconds * RATE) },
        (_, i) => amplitude * Math.sin((i * Math.PI) / 8),
      )
      return [...tone.slice(0, -1), 0]
    }),
  )
const trimmed = (pcm: Float32Array) => {
  const result = trimSpeech(pcm, RATE)
  assert.ok(result, 'nothing voiced was found')
  return result
}
const rounded = (spans: readonly { start: number; end: number }[]) =>
  spans.map(({ start, end }) => [Number(start.toFixed(3)), Number(end.toFixed(3))])

test('70 ms stay around the voice', () => {
  const { pcm, voice } = trimmed(sound([0.5, 0], [0.4, 0.5], [0.8, 0]))
  assert.deepEqual(rounded(voice), [[0.07, 0.47]])
  assert.equal(pcm.length, 0.54 * RATE)
})

test('where the original has less around it, silence fills up, and its onset is not faded', () => {
  const { pcm, voice } = trimmed(sound([0.4, 0.5]))
  assert.deepEqual(rounded(voice), [[0.07, 0.47]])
  assert.equal(pcm.length, 0.54 * RATE)
  assert.equal(pcm[0.07 * RATE + 4], 0.5)
  assert.equal(pcm[0.07 * RATE - 1], 0)
})

test('a pause over 0.3 s becomes 0.3 s, a shorter one stays as it is', () => {
  const { voice } = trimmed(sound([0.2, 0.5], [0.9, 0], [0.2, 0.5], [0.25, 0], [0.2, 0.5]))
  assert.deepEqual(rounded(voice), [
    [0.07, 0.27],
    [0.57, 0.77],
    [1.02, 1.22],
  ])
})

test('times of the original are mapped; those in what was cut out fall on the cut', () => {
  const { mapTime } = trimmed(sound([0.2, 0.5], [0.9, 0], [0.2, 0.5]))
  const map = (seconds: number) => Number(mapTime(seconds).toFixed(3))
  assert.deepEqual(
    [0, 0.1, 0.2, 0.3, 0.35, 0.6, 0.95, 1.1, 1.3, 9].map(map),
    [0.07, 0.17, 0.27, 0.37, 0.42, 0.42, 0.42, 0.57, 0.77, 0.84],
  )
})

test('a voice a hundred times softer is trimmed alike', () => {
  const loud = trimmed(sound([0.5, 0], [0.4, 0.5], [0.6, 0], [0.3, 0.4]))
  const soft = trimmed(sound([0.5, 0], [0.4, 0.005], [0.6, 0], [0.3, 0.004]))
  assert.deepEqual(soft.voice, loud.voice)
})

test('a soft consonant at the edge of a word is voice, the same sound far away is not', () => {
  const consonant = 0.006
  const { voice } = trimmed(
    sound([0.1, consonant], [0.4, 0.5], [0.06, 0], [0.03, consonant], [0.5, 0], [0.1, consonant]),
  )
  assert.deepEqual(rounded(voice), [
    [0.07, 0.57],
    [0.63, 0.66],
  ])
})

test('cuts through hum fade: no step between samples is larger than inside of the hum', () => {
  const hum = 0.003
  const { pcm } = trimmed(sound([0.503, hum], [0.4, 0.5], [0.777, hum], [0.3, 0.5], [0.5, hum]))
  const steps = pcm.map((sample, i) => Math.abs(sample - (pcm[i - 1] ?? 0)))
  const around = (seconds: number) =>
    Math.max(...steps.subarray((seconds - 0.02) * RATE, (seconds + 0.02) * RATE))
  const largest = hum * 2 * Math.sin(Math.PI / 16) + 1e-6
  assert.ok(around(0.03) <= largest)
  assert.ok(around(0.47 + 0.15) <= largest)
  assert.equal(Math.abs(pcm.at(-1) ?? 1) < hum / 10, true)
})

test('silence gives nothing', () => {
  assert.equal(trimSpeech(new Float32Array(RATE), RATE), null)
  assert.equal(trimSpeech(new Float32Array(0), RATE), null)
})
