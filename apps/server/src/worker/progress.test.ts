import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JobEvent, StageName } from '@cutroom/contracts'
import { trackProgress, wholeFraction } from './progress.ts'

const started = (id: number, stage: StageName): JobEvent => ({
  ...{ type: 'stage-started', id, profile: 'Brand', stage, subject: 'a.mp4' },
})
const reached = (id: number, fraction: number, speed: number | null = null): JobEvent => ({
  ...{ type: 'stage-progress', id, fraction, speed, secondsLeft: null },
})
const done = (id: number): JobEvent => ({ type: 'stage-done', id, seconds: 2, found: false, detail: 'fine' })

test('stages count by what they cost, and those to come count as well', () => {
  assert.equal(wholeFraction([], {}), 0)
  assert.equal(wholeFraction([{ name: 'render', fraction: 0.5, state: 'running' }], {}), 0.5)
  const hashed = { name: 'hash', fraction: 1, state: 'done' } as const
  assert.equal(wholeFraction([hashed], { hash: 1, ingest: 1 }), 1 / 11)
  const two = [
    { name: 'render', fraction: 1, state: 'done' },
    { name: 'render', fraction: 0.5, state: 'running' },
  ] as const
  assert.equal(wholeFraction(two, { render: 3 }), 0.5)
})

test('what was found counts as half of the work', () => {
  const found = { name: 'ingest', fraction: 1, state: 'found' } as const
  const rendering = { name: 'render', fraction: 0.2, state: 'running' } as const
  assert.equal(wholeFraction([found], { render: 1 }), 0)
  assert.equal(wholeFraction([found, rendering], { render: 1 }), 0.2)
  assert.equal(wholeFraction([found, rendering], { ingest: 2, render: 1 }), 0.1)
  assert.equal(wholeFraction([found], {}), 0)
})

test('more stages than expected do not make the fraction fall', () => {
  const tracker = trackProgress()
  tracker.expect({ preview: 1 })
  tracker.hear(started(1, 'preview'))
  tracker.hear(reached(1, 0.8))
  assert.equal(tracker.read(1).fraction, 0.8)
  tracker.hear(started(2, 'preview'))
  assert.equal(tracker.read(1).fraction, 0.8)
})

test('a job whose stages are all done is not yet told to be done', () => {
  const tracker = trackProgress()
  tracker.hear(started(1, 'render'))
  tracker.hear(done(1))
  const { fraction, stages, speed } = tracker.read(5)
  assert.deepEqual([fraction, speed], [0.99, null])
  assert.deepEqual(stages, [
    { stage: 'render', subject: 'a.mp4', state: 'done', fraction: 1, seconds: 2, detail: 'fine' },
  ])
})

test('the time left is that of the whole job, once it can be told', () => {
  const tracker = trackProgress()
  tracker.expect({ render: 2 })
  tracker.hear(started(1, 'render'))
  tracker.hear(reached(1, 0.5, 3))
  assert.equal(tracker.read(1).secondsLeft, null)
  const { secondsLeft, speed, stage } = tracker.read(10)
  assert.deepEqual([secondsLeft, speed, stage], [30, 3, 'render'])
})

test('a failed stage keeps what it said, and notes are kept in their order', () => {
  const tracker = trackProgress()
  tracker.hear(started(1, 'voice'))
  tracker.hear({ type: 'note', profile: 'Brand', message: 'first' })
  tracker.hear({ type: 'stage-failed', id: 1, code: 'speech-failed', message: 'It is down.' })
  tracker.hear({ type: 'note', profile: 'Brand', message: 'second' })
  const { stages, notes } = tracker.read(1)
  assert.deepEqual([stages[0]?.state, stages[0]?.detail], ['failed', 'It is down.'])
  assert.deepEqual(notes, [{ message: 'first' }, { message: 'second' }])
})
