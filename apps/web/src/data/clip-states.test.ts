import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutOff, statesOf } from './clip-states.ts'

const done = { id: 'e', presetId: 'reels', stale: false, sizeBytes: 1, createdAt: '' }

test('a clip says what it has and what is outdated', () => {
  assert.deepEqual(statesOf({ voiceover: null, captions: null, exports: [] }), [])
  assert.deepEqual(
    statesOf({
      voiceover: { kind: 'spoken', stale: true, seconds: null },
      captions: { origin: 'voice', cueCount: 3 },
      exports: [done, { ...done, stale: true }],
    }),
    [
      { about: 'voice', label: 'Voice is outdated', isStale: true },
      { about: 'captions', label: 'Has captions', isStale: false },
      { about: 'export', label: 'Export is outdated', isStale: true },
    ],
  )
})

test('a voice that goes on after the cuts is cut off; a frame of it is not missed', () => {
  const voice = (seconds: number | null) => ({ kind: 'spoken', stale: false, seconds }) as const
  assert.equal(cutOff(voice(9.5), 9), 0.5)
  assert.equal(cutOff(voice(9.03), 9), 0)
  assert.equal(cutOff(voice(8), 9), 0)
  assert.equal(cutOff(voice(null), 9), 0)
  assert.equal(cutOff(null, 9), 0)
})
