import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeSpoken, encodeSpoken } from './phrase-cache.ts'

test('a spoken phrase survives the cache, with and without words', () => {
  const samples = Int16Array.of(0, -32768, 32767, 10, 2570)
  const timed = { samples, sampleRate: 24_000, words: [{ text: 'ș\n“x”', start: 0, end: 0.5 }] }
  assert.deepEqual(decodeSpoken(encodeSpoken(timed)), timed)
  assert.deepEqual(decodeSpoken(encodeSpoken({ ...timed, words: null })), { ...timed, words: null })
})

test('bytes that no phrase was written to are an error, not a missing phrase', () => {
  assert.throws(() => decodeSpoken(new Uint8Array()))
  assert.throws(() => decodeSpoken(Buffer.from('{"sampleRate":1,"words":[{"text":""}]}\n')))
})
