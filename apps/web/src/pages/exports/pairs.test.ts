import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUnspoken, type PlannedClip, pairsOf, requestsFor } from './pairs.ts'

const clip = (id: string, made: Readonly<Record<string, boolean>> = {}): PlannedClip => ({
  id,
  name: id,
  lengthSeconds: 10,
  exports: Object.entries(made).map(([presetId, stale]) => ({
    id: `${id}-${presetId}`,
    presetId,
    stale,
    sizeBytes: 1,
    createdAt: '2026-01-01T00:00:00Z',
  })),
})

test('every clip meets every preset, and what is made and still true is told apart', () => {
  const pairs = pairsOf([clip('a', { reels: false, square: true }), clip('b')], ['reels', 'square'])
  assert.deepEqual(
    pairs.map(({ clipId, presetId, state, exportId }) => [clipId, presetId, state, exportId]),
    [
      ['a', 'reels', 'made', 'a-reels'],
      ['a', 'square', 'stale', 'a-square'],
      ['b', 'reels', 'new', null],
      ['b', 'square', 'new', null],
    ],
  )
})

test('a clip whose words no voice says as they are now cannot be exported', () => {
  const voiceover = { kind: 'spoken', stale: true, seconds: null } as const
  assert.equal(isUnspoken({ script: 'Hello', voiceover }), true)
  assert.equal(isUnspoken({ script: ' ', voiceover: null }), false)
  assert.equal(isUnspoken({ script: 'Hello', voiceover: null }), true)
})

test('requests order exactly the pairs that are wanted, and no more than 200 files each', () => {
  const pairs = pairsOf([clip('a', { reels: false }), clip('b'), clip('c')], ['reels', 'square'])
  assert.deepEqual(requestsFor(pairs.filter(({ state }) => state !== 'made')), [
    { clipIds: ['a'], presetIds: ['square'] },
    { clipIds: ['b', 'c'], presetIds: ['reels', 'square'] },
  ])
  const many = Array.from({ length: 250 }, (_, index) => clip(String(index)))
  assert.deepEqual(
    requestsFor(pairsOf(many, ['reels', 'square'])).map(({ clipIds }) => clipIds.length),
    [100, 100, 50],
  )
})
