import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Export } from '../../data/exports.ts'
import { canExportAgain, changedWords } from './changed-words.ts'

const since = (...changed: Export['changed']) => ({ changed, presetId: 'reels' })
const presets = [{ id: 'reels' }]

test('what has changed is one sentence', () => {
  assert.equal(changedWords(since()), '')
  assert.equal(changedWords(since('engine')), '')
  assert.equal(changedWords(since('voice')), 'The script or its voice has changed since.')
  assert.equal(changedWords(since('captions')), 'The captions have changed since.')
  assert.equal(
    changedWords(since('timeline', 'captions', 'style', 'engine')),
    'The cuts, the captions and the caption style have changed since.',
  )
})

test('what is gone cannot be exported again', () => {
  assert.equal(changedWords(since('clip')), 'Its clip was deleted since.')
  assert.equal(canExportAgain(since('clip'), presets), false)
  assert.equal(changedWords(since('preset'), []), 'Its preset was deleted since.')
  assert.equal(canExportAgain(since('preset'), []), false)
  assert.equal(changedWords(since('preset'), presets), 'The preset has changed since.')
  assert.equal(canExportAgain(since('preset'), presets), true)
})
