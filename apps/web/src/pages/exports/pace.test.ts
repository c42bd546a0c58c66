import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Job } from '../../data/jobs.ts'
import { paceOf, secondsFor } from './pace.ts'

const done = (presetId: string, seconds: number, state: 'done' | 'found' = 'done') => ({
  kind: 'render' as const,
  state: 'done' as const,
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
  result: { presetId, durationSeconds: 10 } as NonNullable<Job['result']>,
  stages: [{ stage: 'render', state, subject: '', detail: '', seconds, fraction: 1 }],
})

test('time is told from exports of the same preset, else from all of them', () => {
  const pace = paceOf([
    done('reels', 10),
    done('reels', 30),
    done('reels', 20),
    done('square', 5),
    done('square', 0, 'found'),
  ])
  assert.ok(pace)
  assert.equal(secondsFor(pace, [{ presetId: 'reels', lengthSeconds: 4 }]), 8)
  assert.equal(secondsFor(pace, [{ presetId: 'square', lengthSeconds: 4 }]), 2)
  assert.equal(secondsFor(pace, [{ presetId: 'tiktok', lengthSeconds: 4 }]), 6)
})

test('nothing is told where nothing was made, or all was found', () => {
  assert.equal(paceOf([]), null)
  assert.equal(paceOf([done('reels', 0, 'found')]), null)
})
