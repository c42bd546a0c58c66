import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planVoices } from './voice-plan.ts'

const clips = [
  { id: 'a', script: 'Pack light.', voice: 'v:1' },
  { id: 'b', script: ' Pack light. ', voice: 'v:1' },
  { id: 'c', script: ' ', voice: 'v:2' },
]

test('the same words of the same voice are bought once, and who has nothing to say is left out', () => {
  assert.deepEqual(planVoices(clips, {}), {
    clipIds: ['a', 'b'],
    silent: 1,
    texts: [{ text: 'Pack light.', voice: 'v:1' }],
  })
})

test('words and voice for all of them go before their own', () => {
  assert.deepEqual(planVoices(clips, { script: 'Walk far.' }), {
    clipIds: ['a', 'b', 'c'],
    silent: 0,
    texts: [
      { text: 'Walk far.', voice: 'v:1' },
      { text: 'Walk far.', voice: 'v:2' },
    ],
  })
  assert.deepEqual(planVoices(clips, { voice: 'v:3' }).texts, [{ text: 'Pack light.', voice: 'v:3' }])
  assert.deepEqual(planVoices(clips, { script: '' }).clipIds, [])
})
