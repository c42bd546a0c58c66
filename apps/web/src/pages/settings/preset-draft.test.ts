import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Preset } from '../../data/presets.ts'
import { contentOf, draftOf, freeId, presetFaults } from './preset-draft.ts'

const REELS: Preset = {
  id: 'reels',
  name: 'Instagram Reels',
  builtIn: true,
  frame: { width: 1080, height: 1920 },
  frameRate: 30,
  video: {
    codec: 'h264',
    crf: 21,
    maxRateKbps: 12_000,
    bufferKbit: 24_000,
    speed: 'veryfast',
    gopSeconds: 2,
  },
  audio: { codec: 'aac', bitRateKbps: 192, sampleRate: 48_000 },
  loudness: { integratedLufs: -14, truePeakDbtp: -1 },
  safeArea: { top: 0.14, right: 0.125, bottom: 0.22, left: 0.06 },
}

test('a preset changes by being opened and saved', () => {
  const { id, builtIn, ...content } = REELS
  assert.deepEqual(contentOf(draftOf(REELS), REELS), content)
  const kept: Preset = { ...REELS, frame: 'source', frameRate: 'source' }
  const { frame, frameRate } = contentOf(draftOf(kept), kept)
  assert.deepEqual([frame, frameRate], ['source', 'source'])
})

test('a draft that is no preset has no faults, or the wrong ones', () => {
  const draft = draftOf(REELS)
  assert.deepEqual(presetFaults(draft), {})
  const wrong = { ...draft, name: ' ', width: '1081', height: '9000', crf: '', loudnessLufs: '0', left: '60' }
  assert.deepEqual(presetFaults(wrong), {
    name: 'Give it a name.',
    width: 'An even number.',
    height: 'From 64 to 4096.',
    crf: 'From 0 to 51.',
    loudnessLufs: 'From -40 to -5.',
    left: 'From 0 to 50.',
  })
  assert.deepEqual(presetFaults({ ...draft, keepsFrame: true, width: '', height: '' }), {})
})

test('an id is taken, empty or of other characters than ids have', () => {
  assert.equal(freeId('My Reels (60 fps)', ['reels']), 'my-reels-60-fps')
  assert.equal(freeId('Reels', ['reels', 'reels-2']), 'reels-3')
  assert.equal(freeId('Café', []), 'cafe')
  assert.equal(freeId('日本', []), 'preset')
  assert.equal(freeId('x'.repeat(60), []).length, 36)
})
