import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Segment } from '../../../../data/segments.ts'
import { foundMoments } from './moments.ts'

const moment = (id: string, more: Partial<Segment>): Segment => ({
  ...{ id, sourceId: 's', start: 0, end: 1, name: '', keywords: [], favourite: false },
  ...{ origin: 'found', score: 0.5, why: '', usageCount: 0, createdAt: '' },
  ...more,
})
const ids = (moments: readonly Segment[]) => moments.map(({ id }) => id).join('')

test('a search misses a moment, or finds one that has only some of the words', () => {
  const moments = [
    moment('a', { name: 'Red tent' }),
    moment('b', { keywords: ['tent'], why: 'It is red.' }),
    moment('c', { keywords: ['tent'] }),
  ]
  assert.equal(ids(foundMoments(moments, 'film.mp4', 'RED tent')), 'ab')
  assert.equal(ids(foundMoments(moments, 'film.mp4', ' film ')), 'abc')
})

test('the best moments, or what a person marked, do not come first', () => {
  const moments = [
    moment('a', { score: 0.2 }),
    moment('b', { score: 0.9 }),
    moment('c', { score: null }),
    moment('d', { favourite: true, score: 0.1 }),
  ]
  assert.equal(ids(foundMoments(moments, '', '')), 'dcba')
})
