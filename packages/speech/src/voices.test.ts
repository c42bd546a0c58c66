import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import { espeakProvider } from './espeak.ts'
import type { SpeechProvider } from './provider.ts'
import { resolveVoice } from './voices.ts'

const voice = (id: string) => ({ id, name: id, languages: [id], gender: null })
const named = (id: string, voices: string[]): SpeechProvider => ({
  ...espeakProvider(),
  id,
  voices: async () => voices.map(voice),
})
const providers = [
  named('espeak', ['en-gb', 'en-us', 'de', 'ro', 'ru']),
  named('cloud', ['Alice', 'Alina', 'Bob']),
]

test('a full id names provider and voice, whatever its case', async () => {
  const found = await resolveVoice('espeak:EN-US', providers)
  assert.deepEqual([found.provider.id, found.voice.id], ['espeak', 'en-us'])
  assert.equal((await resolveVoice('cloud:alice', providers)).voice.id, 'Alice')
})

const nearOf = async (id: string, count: number): Promise<unknown[]> => {
  try {
    await resolveVoice(id, providers)
  } catch (error) {
    assert.ok(error instanceof CutroomError && error.code === 'voice-unknown' && error.field === 'voice')
    assert.ok(Array.isArray(error.details.near) && error.details.near.length === 3)
    return error.details.near.slice(0, count)
  }
  return assert.fail('an unknown voice was found')
}

test('an unknown voice names those that are written alike', async () => {
  assert.deepEqual(await nearOf('espeak:en-uk', 2), ['espeak:en-us', 'espeak:en-gb'])
  assert.deepEqual(await nearOf('cloud:alic', 3), ['cloud:Alice', 'cloud:Alina', 'cloud:Bob'])
  assert.deepEqual(await nearOf('ro', 1), ['espeak:ro'])
  assert.deepEqual(await nearOf('nobody:bob', 1), ['cloud:Bob'])
})

test('a provider that is down does not matter to the voices of another', async () => {
  const down: SpeechProvider = {
    ...espeakProvider(),
    id: 'down',
    voices: () => Promise.reject(new Error('down')),
  }
  assert.equal((await resolveVoice('espeak:de', [...providers, down])).voice.id, 'de')
})
