import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Job } from '../../data/jobs.ts'
import { totalsOf } from './totals.ts'

const file = (state: Job['state'] | null, fraction = 0, secondsLeft: number | null = null) => ({
  job: state === null ? undefined : { state, fraction, secondsLeft },
  jobId: state === null ? null : 'job',
  exportId: state === null || state === 'done' ? 'export' : null,
  problem: null,
})

test('files that were there, are done, run, wait and failed are counted apart', () => {
  assert.deepEqual(
    totalsOf([file(null), file('done'), file('running', 0.5, 10), file('waiting'), file('failed')]),
    {
      done: 2,
      failed: 1,
      unfinished: 2,
      fraction: 2.5 / 4,
      // Ten seconds of the one that runs, then twenty of the one that waits.
      secondsLeft: 30,
    },
  )
})

test('files that run at once share the time of those that wait', () => {
  const files = [file('running', 0.5, 10), file('running', 0.5, 10), file('waiting'), file('waiting')]
  assert.equal(totalsOf(files).secondsLeft, 30)
})

test('no time is told before anything runs', () => {
  assert.equal(totalsOf([file('waiting')]).secondsLeft, null)
  assert.equal(totalsOf([file('failed')]).fraction, 0)
})
