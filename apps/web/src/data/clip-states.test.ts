import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameInProject, statesOf } from './clip-states.ts'

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

test('inside of its project a clip is called by its number until it gets a name of its own', () => {
  assert.equal(nameInProject({ name: 'Summer launch 6', number: 6 }, 'Summer launch'), 'Clip 6')
  assert.equal(nameInProject({ name: 'The dog', number: 6 }, 'Summer launch'), 'The dog')
})
