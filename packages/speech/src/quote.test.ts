import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PhraseRecipe } from './phrase-cache.ts'
import { estimateSeconds, quoteVoiceover } from './quote.ts'
import { toneProvider, voice } from './tone-fixture.ts'
import { makeVoiceover } from './voiceover.ts'

const provider = toneProvider()
const kept = new Map<string, Uint8Array>()
const cache = {
  get: async ({ text }: PhraseRecipe) => kept.get(text) ?? null,
  put: async ({ text }: PhraseRecipe, bytes: Uint8Array) => void kept.set(text, bytes),
}
const request = (script: string) => ({ script, voice: { provider, voice } })
const quote = (script: string) => quoteVoiceover(request(script), cache)
const rounded = (value: number): number => Number(value.toFixed(3))

test('a quote counts each phrase once, and those that the cache holds not at all', async () => {
  const script = 'Twenty little birds. Twenty little birds.'
  const before = await quote(script)
  const { bought, durationSeconds } = await makeVoiceover(request(script), { cache })
  assert.deepEqual([before.characters, before.cost], [bought.characters, bought.cost])
  assert.deepEqual([before.keptCharacters, before.words], [0, 6])
  const after = await quote(script)
  assert.deepEqual([after.characters, after.cost, after.keptCharacters], [0, 0, 20])
  assert.equal(rounded(after.seconds), rounded(durationSeconds), 'what was spoken is not guessed')
  await assert.rejects(quote('🎉'), { code: 'script-empty' })
  await assert.rejects(quote('word '.repeat(60)), { code: 'script-too-long' })
})

test('the length of a script has nothing to do with its words, their script or its pauses', () => {
  const phrase = (spoken: string, pause: 'clause' | 'sentence' = 'sentence') => ({ spoken, pause })
  const none = new Map<string, number>()
  const seconds = (...phrases: ReturnType<typeof phrase>[]) => rounded(estimateSeconds(phrases, none))
  assert.equal(seconds(phrase('x'.repeat(50))), 3.14)
  assert.equal(seconds(phrase('x'.repeat(50)), phrase('x'.repeat(50))), 6.44)
  assert.equal(seconds(phrase('x'.repeat(50), 'clause'), phrase('x'.repeat(50))), 6.3)
  assert.equal(seconds(phrase('你好你好你好你好你好')), 2.94)
  assert.equal(seconds(phrase('2024')), 1.74)
})

test('a voice that turned out to be slow is expected to be fast', () => {
  const phrases = [
    { spoken: 'a'.repeat(50), pause: 'sentence' } as const,
    { spoken: 'b'.repeat(50), pause: 'none' } as const,
  ]
  assert.equal(rounded(estimateSeconds(phrases, new Map([['a'.repeat(50), 6]]))), 12.44)
})
