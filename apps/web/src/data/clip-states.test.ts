import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statesOf } from './clip-states.ts'

const done = { id: 'e', presetId: 'reels', stale: false, sizeBytes: 1, createdAt: '' }

test('a clip says what it has and what is outdated', () => {
  assert.deepEqual(statesOf({ voiceover: null, captions: null, exports: [] }), [])
  assert.deepEqual(
    statesOf({
      voiceover: { kind: 'spoken', stale: true },
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
