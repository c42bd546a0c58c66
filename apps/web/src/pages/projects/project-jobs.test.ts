import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Job } from '../../data/jobs.ts'
import { dueOf, expecting, pendingOf, worthShowing } from './project-jobs.ts'

const job = (id: string, state: Job['state'], from: number, to: number | null) => ({
  ...{ id, state, stages: [] },
  createdAt: new Date(from).toISOString(),
  finishedAt: to === null ? null : new Date(to).toISOString(),
})
const shownOf = (...jobs: ReturnType<typeof job>[]) => worthShowing(jobs).map(({ id }) => id)

test('boxes of jobs that have ended pile up, or stay when something new was ordered', () => {
  assert.deepEqual(shownOf(job('1', 'done', 1, 5), job('2', 'done', 2, 9), job('3', 'failed', 3, 7)), ['2'])
  assert.deepEqual(shownOf(job('1', 'failed', 1, 5), job('2', 'running', 6, null)), ['2'])
  assert.deepEqual(shownOf(job('1', 'done', 1, 5), job('2', 'running', 2, null)), ['1', '2'])
})

test('clips that are there stand beside the places that were kept for them', () => {
  const [one, two] = [job('1', 'running', 1, null), job('2', 'waiting', 2, null)]
  const first = expecting(6, [], 4)
  const second = expecting(3, [first], 4)
  const due = dueOf([one, two], new Map(Object.entries({ 1: first, 2: second })))
  assert.deepEqual([pendingOf(due, 4), pendingOf(due, 10), pendingOf(due, 13)], [9, 3, 0])
  const isWritten = { ...one, stages: [{ stage: 'preview', subject: '', state: 'running' }] as Job['stages'] }
  assert.deepEqual(dueOf([isWritten, two], new Map([['2', second]])), [second])
  // A job before it that made nothing leaves its numbers to it.
  assert.equal(pendingOf([second], 4), 3)
})
