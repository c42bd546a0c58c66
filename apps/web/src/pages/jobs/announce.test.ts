import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Job } from '../../data/jobs.ts'
import { changesSince } from './announce.ts'

const job = (id: string, state: Job['state']) => ({
  id,
  state,
  kind: 'render' as const,
  subject: `Clip ${id}`,
})
const before = (...jobs: ReturnType<typeof job>[]) => new Map(jobs.map(({ id, state }) => [id, state]))

test('only states that have changed are said', () => {
  assert.equal(changesSince(before(job('1', 'running')), [job('1', 'running'), job('2', 'running')]), '')
  assert.equal(
    changesSince(before(job('1', 'running'), job('2', 'waiting')), [job('1', 'failed'), job('2', 'running')]),
    'Export of Clip 1 failed. Export of Clip 2 has begun.',
  )
})

test('many at once are counted', () => {
  const ids = ['1', '2', '3', '4']
  assert.equal(
    changesSince(
      before(...ids.map((id) => job(id, 'waiting'))),
      ids.map((id) => job(id, 'cancelled')),
    ),
    '4 jobs have changed.',
  )
})
