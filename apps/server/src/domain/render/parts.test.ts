import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PRESETS, type Preset } from '@cutroom/contracts'
import { type ExportedClip, isStale, partsOf, whatChanged } from './parts.ts'

const reels = PRESETS[0] as Preset
const clip: ExportedClip = {
  timeline: [{ sourceId: 'a'.repeat(64), start: 0, end: 2, score: 0.5, why: '', segmentId: null }],
  captions: { origin: 'voice', cues: [{ start: 0, end: 1, text: 'Hello', words: [] }] },
  captionStyle: 'boxed',
  script: 'Hello',
  voice: 'espeak:en-us',
  voiceoverKind: 'voiceover',
  voiceoverHash: 'b'.repeat(64),
  voiceoverScript: 'Hello',
  voiceoverVoice: 'espeak:en-us',
  musicSourceId: null,
  sourceSound: true,
  soundFrom: null,
}
const made = partsOf(clip, reels, '7.1')
const changed = (changes: Partial<ExportedClip>, preset: Preset | null = reels, ffmpeg = '7.1') =>
  whatChanged(made, { ...clip, ...changes }, preset, ffmpeg)

test('what decides an export is not told apart', () => {
  const [cut] = clip.timeline
  const [cue] = clip.captions?.cues ?? []
  assert.ok(cut && cue)
  assert.deepEqual(changed({}), [])
  assert.deepEqual(changed({ timeline: [{ ...cut, end: 2.5 }] }), ['timeline'])
  assert.deepEqual(changed({ timeline: [{ ...cut, focus: { x: 0.2, y: 0.5 } }] }), ['timeline'])
  assert.deepEqual(changed({ captions: { origin: 'voice', cues: [{ ...cue, text: 'Bye' }] } }), ['captions'])
  assert.deepEqual(changed({ captionStyle: 'plain' }), ['style'])
  assert.deepEqual(changed({ voiceoverHash: null, voiceoverKind: null }), ['voice'])
  assert.deepEqual(changed({ script: 'Bye' }), ['voice'])
  assert.deepEqual(changed({ voice: 'espeak:de' }), ['voice'])
  assert.deepEqual(changed({ sourceSound: false }), ['sound'])
  assert.deepEqual(changed({ soundFrom: { sourceId: cut.sourceId, start: 0 } }), ['sound'])
  assert.deepEqual(changed({}, { ...reels, video: { ...reels.video, crf: 30 } }), ['preset'])
  assert.deepEqual(changed({}, null), ['preset'])
  assert.deepEqual(whatChanged(made, null, reels, '7.1'), ['clip'])
})

test('what nobody sees makes an export stale', () => {
  const [cut] = clip.timeline
  assert.ok(cut)
  assert.deepEqual(changed({ timeline: [{ ...cut, score: null, why: 'Because.' }] }), [])
  assert.deepEqual(changed({ captions: { origin: 'person', cues: clip.captions?.cues ?? [] } }), [])
  assert.deepEqual(changed({}, { ...reels, name: 'Our reels' }), [])
  const silent = partsOf({ ...clip, captions: null }, reels, '7.1')
  assert.deepEqual(whatChanged(silent, { ...clip, captions: null, captionStyle: 'plain' }, reels, '7.1'), [])
  // A recording of which no words are known, and no words at all.
  const unsaid = { ...clip, script: ' ', voiceoverScript: null, voiceoverVoice: null }
  assert.deepEqual(changed(unsaid), [])
  const mute = { ...unsaid, voiceoverKind: null, voiceoverHash: null }
  assert.deepEqual(
    whatChanged(partsOf(mute, reels, '7.1'), { ...mute, voice: 'espeak:de' }, reels, '7.1'),
    [],
  )
  assert.deepEqual(changed({}, reels, '8.0'), ['engine'])
  assert.equal(isStale(['engine']), false)
  assert.equal(isStale(['engine', 'sound']), true)
})
