import assert from 'node:assert/strict'
import { test } from 'node:test'
import { voiceStateOf } from './voice-state.ts'

const words = { script: 'Hello', voice: 'espeak:de' }
const clip = { ...words, voiceover: { kind: 'spoken', stale: false, seconds: 1 } } as const

test('a voice belongs to the words on the page, saved or not, and not to those before while another is made', () => {
  assert.equal(voiceStateOf({ ...words, voiceover: null }, words, false), 'none')
  assert.equal(voiceStateOf(clip, words, false), 'current')
  assert.equal(voiceStateOf(clip, words, true), 'making')
  assert.equal(voiceStateOf({ ...words, voiceover: null }, words, true), 'making')
  assert.equal(
    voiceStateOf({ ...clip, voiceover: { ...clip.voiceover, stale: true } }, words, false),
    'outdated',
  )
  assert.equal(voiceStateOf(clip, { ...words, script: 'Bye' }, false), 'outdated')
  assert.equal(voiceStateOf(clip, { ...words, voice: 'espeak:fr' }, false), 'outdated')
})
