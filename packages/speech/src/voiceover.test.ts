import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import type { PhraseRecipe } from './phrase-cache.ts'
import { speechFailed } from './provider.ts'
import { RATE, sayTone, tone, toneProvider, voice } from './tone-fixture.ts'
import { makeVoiceover } from './voiceover.ts'

const say = (script: string, speak = sayTone, options: Parameters<typeof makeVoiceover>[1] = {}) =>
  makeVoiceover({ script, voice: { provider: toneProvider(speak), voice } }, options)

const rounded = (value: number): number => Number(value.toFixed(3))
const failure = async (promise: Promise<unknown>): Promise<CutroomError> => {
  const error = await promise.then(
    () => assert.fail('it did not fail'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof CutroomError)
  return error
}

test('cues are the measured voice, parted by the pauses of the punctuation', async () => {
  const { cues, durationSeconds, pcm, sampleRate } = await say('One two, so be it. 🎉\n\nEnd')
  assert.deepEqual(
    cues.map((cue) => [cue.text, rounded(cue.start), rounded(cue.end)]),
    [
      ['One two,', 0.07, 0.67],
      ['so be it. 🎉', 0.83, 1.43],
      ['End', 1.93, 2.23],
    ],
  )
  assert.deepEqual(
    cues[0]?.words.map((word) => [word.text, rounded(word.start), rounded(word.end)]),
    [
      ['One', 0.07, 0.37],
      ['two,', 0.37, 0.67],
    ],
  )
  assert.equal(rounded(durationSeconds), 2.3)
  assert.equal(pcm.length, durationSeconds * sampleRate)
})

test("a provider's word times move with the trimmed sound", async () => {
  const { cues } = await say('Go on', async ({ text }) => ({
    ...tone(text),
    words: [
      { text: 'Go', start: 0.1, end: 0.35 },
      { text: 'on', start: 0.35, end: 0.9 },
    ],
  }))
  assert.deepEqual(
    cues[0]?.words.map((word) => [word.text, rounded(word.start), rounded(word.end)]),
    [
      ['Go', 0.07, 0.22],
      ['on', 0.22, 0.47],
    ],
  )
})

test('phrases keep their order and the limit of requests at once, whichever is done first', async () => {
  let now = 0
  let most = 0
  const { cues } = await say('Aaa bbb. Cc dd. E ff. Gg h.', async ({ text }) => {
    now += 1
    most = Math.max(most, now)
    for (let i = 0; i < 20 - text.length; i += 1) await new Promise(setImmediate)
    now -= 1
    return tone(text)
  })
  assert.deepEqual(
    cues.map((cue) => cue.text),
    ['Aaa bbb.', 'Cc dd.', 'E ff.', 'Gg h.'],
  )
  assert.equal(most, 2)
})

test('a phrase in the cache is not bought again, and sounds the same', async () => {
  const store = new Map<string, Uint8Array>()
  const cache = {
    get: async (recipe: PhraseRecipe) => store.get(JSON.stringify(recipe)) ?? null,
    put: async (recipe: PhraseRecipe, bytes: Uint8Array) => void store.set(JSON.stringify(recipe), bytes),
  }
  const first = await say('Hello there, dear. New one.', undefined, { cache })
  assert.deepEqual(first.bought, { characters: 26, cost: 0.26, currency: 'USD' })
  assert.deepEqual(JSON.parse([...store.keys()].at(-1) ?? ''), {
    kind: 'phrase',
    format: 1,
    provider: 'tones',
    version: '1',
    settings: { speed: 1 },
    voice: 'tone',
    language: 'en',
    text: 'New one.',
  })
  const again = await say('Hello there, dear. New one.', () => assert.fail('bought twice'), { cache })
  assert.deepEqual(again, { ...first, bought: { characters: 0, cost: 0, currency: 'USD' } })
})

test('a phrase that the script repeats is bought once and said each time', async () => {
  const { bought, cues } = await say('Go now! Go now! Go now!')
  assert.equal(bought.characters, 7)
  assert.equal(cues.length, 3)
})

test('a failure ends the other requests and is thrown with its reason', async () => {
  const ended: string[] = []
  const error = await failure(
    say('Good one here. Bad one here. Never asked.', async ({ text, signal }) => {
      if (text.startsWith('Bad')) throw speechFailed('Tones', 'out of credit', { retryable: false })
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      ended.push(text)
      throw new CutroomError('cancelled', 'cancelled')
    }),
  )
  assert.equal(error.message, 'Tones did not deliver speech: out of credit')
  assert.deepEqual([error.code, error.details.retryable], ['speech-failed', false])
  assert.deepEqual(ended, ['Good one here.'])
})

test('a cancelled voiceover says so and asks for nothing more', async () => {
  const controller = new AbortController()
  const asked: string[] = []
  const error = await failure(
    say(
      'One here. Two here. Three here. Four here.',
      async ({ text }) => {
        asked.push(text)
        controller.abort()
        return tone(text)
      },
      { signal: controller.signal },
    ),
  )
  assert.equal(error.code, 'cancelled')
  assert.ok(asked.length <= 2)
})

test('silence instead of speech is a failure that names the phrase, and is not kept', async () => {
  const cache = { get: async () => null, put: () => assert.fail('silence was kept') }
  const error = await failure(say('Hello you.', async () => tone(''), { cache }))
  assert.equal(error.message, 'Tones did not deliver speech: it returned silence for “Hello you.”')
})

test('a sample rate that changes between phrases is a failure, not a change of pitch', async () => {
  const error = await failure(
    say('One here. Two here.', async ({ text }) => ({
      ...tone(text),
      sampleRate: text.startsWith('One') ? RATE : 8000,
    })),
  )
  assert.equal(error.code, 'speech-failed')
})

test('progress rises to 1', async () => {
  const seen: number[] = []
  await say('One here. Two here. Three here.', undefined, {
    onProgress: ({ fraction }) => seen.push(fraction),
  })
  assert.equal(seen.length, 3)
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  )
  assert.equal(seen.at(-1), 1)
})

test('a script beyond the limit is refused before anything is asked', async () => {
  const error = await failure(say('word '.repeat(60), () => assert.fail('asked')))
  assert.deepEqual([error.code, error.details], ['script-too-long', { limit: 200, value: 299 }])
})
