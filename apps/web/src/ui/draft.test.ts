import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesOf } from './draft.ts'

test('what was edited back, or never touched, counts as a change', () => {
  const saved = { name: 'Acme', colour: '#000000', note: '' }
  assert.deepEqual(changesOf(saved, {}), {})
  assert.deepEqual(changesOf(saved, { name: 'Acme' }), {})
  assert.deepEqual(changesOf(saved, { name: 'Acme Outdoor', note: '' }), { name: 'Acme Outdoor' })
})
