import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import { alignScript } from './align.ts'

const RATE = 8_000
/** Stretches of `[seconds, amplitude]` of a 1 kHz tone that ends one sample early, over soft noise. */
function recording(...stretches: [number, number][]): Float32Array {
  const tones = stretches.flatMap(([seconds, amplitude]) => {
    const tone = Array.from(
      { length: Math.round(seconds * RATE) },
      (_, i) => amplitude * Math.sin((i * Math.PI) / 4),
    )
    return [...tone.slice(0, -1), 0]
  })
  let seed = 1
  return Float32Array.from(tones, (sample) => {
    // Lehmer's generator: the same noise every time.
    seed = (seed * 16_807) % 2_147_483_647
    return sample + 0.002 * (seed / 2_147_483_647 - 0.5)
  })
}
const cuesOf = (script: string, pcm: Float32Array) =>
  alignScript({ script, language: 'en', pcm, sampleRate: RATE })
const times = (script: string, pcm: Float32Array) =>
  cuesOf(script, pcm).map((cue) => [cue.text, Number(cue.start.toFixed(2)), Number(cue.end.toFixed(2))])

test('phrases snap to the pauses of the recording', () => {
  const pcm = recording([0.5, 0], [1, 0.3], [0.4, 0], [1.6, 0.3], [0.6, 0], [0.7, 0.3], [0.5, 0])
  assert.deepEqual(times('Hello my friend, this is a rather long clause. Good bye.', pcm), [
    ['Hello my friend,', 0.5, 1.5],
    ['this is a rather long clause.', 1.9, 3.5],
    ['Good bye.', 4.1, 4.8],
  ])
})

test('a pause inside of a phrase is not taken for its end', () => {
  const pcm = recording([0.3, 0], [0.8, 0.3], [0.5, 0], [1, 0.3], [0.5, 0], [1.8, 0.3], [0.3, 0])
  assert.deepEqual(times('Hello to you my friend. This is the second sentence.', pcm), [
    ['Hello to you my friend.', 0.3, 2.6],
    ['This is the second sentence.', 3.1, 4.9],
  ])
})

test('a click before the first word is not its beginning', () => {
  const pcm = recording([0.5, 0], [0.02, 0.3], [0.5, 0], [1, 0.3], [0.5, 0])
  assert.deepEqual(times('Hello my friend', pcm), [['Hello my friend', 1.02, 2.02]])
})

test('without pauses phrases share the voice by their length, in order', () => {
  const cues = cuesOf(
    'Hello my friend, this one is longer than that.',
    recording([0.2, 0], [4, 0.3], [0.2, 0]),
  )
  assert.equal(cues.length, 2)
  assert.ok(Math.abs((cues[0]?.end ?? 0) - 1.5) < 0.3, `the first phrase ends at ${cues[0]?.end}`)
  assert.equal(cues[0]?.end, cues[1]?.start)
})

const codeOf = (script: string, pcm: Float32Array): string => {
  try {
    cuesOf(script, pcm)
  } catch (error) {
    if (error instanceof CutroomError) return error.code
  }
  return assert.fail('no error with a code')
}

test('a silent recording, an empty script and far too long a script are refused', () => {
  assert.equal(codeOf('Hello', new Float32Array(RATE)), 'media-no-audio')
  assert.equal(codeOf('…', recording([1, 0.3])), 'script-empty')
  assert.equal(
    codeOf('Hello there. '.repeat(50), recording([0.2, 0], [0.5, 0.3], [0.2, 0])),
    'script-too-long',
  )
  assert.equal(codeOf('x'.repeat(10_001), recording([1, 0.3])), 'script-too-long')
})
