import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepsOf } from './steps.ts'

const NOTHING = { hasSource: false, hasClip: false, hasVoice: false }

test('the next step is not the first that is open', () => {
  const nextOf = (has: Partial<typeof NOTHING>) => stepsOf({ ...NOTHING, ...has }).next
  assert.equal(nextOf({}), 'footage')
  assert.equal(nextOf({ hasSource: true }), 'variants')
  assert.equal(nextOf({ hasSource: true, hasClip: true }), 'voice')
  assert.equal(nextOf({ hasSource: true, hasClip: true, hasVoice: true }), 'export')
})

test('who has clips, but deleted the footage since, is sent back', () => {
  const { done, next } = stepsOf({ ...NOTHING, hasClip: true })
  assert.deepEqual([[...done], next], [['footage', 'variants'], 'voice'])
})
