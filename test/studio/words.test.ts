import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cue, graphemes, wordsOf } from '@cutroom/contracts'
import { joinCues, setWord, splitCue } from '../../apps/web/src/pages/clip/captions/edit-cues.ts'
import { layoutCues } from '../../packages/media/src/captions/phrases.ts'

const burnt = (cues: readonly Cue[]) => layoutCues(cues, 12, 1, (text) => graphemes(text).length)

const TEXTS = [
  'Wait: “really”, he said…',
  'a wonderful – day',
  '— Yes\n— No, never!',
  'an unbelievablyincomprehensible word',
  '今日は、とても良い天気です。',
  'สวัสดีครับ ทุกคน',
]

for (const text of TEXTS) {
  test(`an edit of another word or caption burns in what was burnt in before: ${JSON.stringify(text)}`, () => {
    const cue: Cue = { start: 1, end: 3, text, words: [] }
    const count = wordsOf(cue).length
    const next: Cue = { start: 3, end: 4, text: 'Next.', words: [] }
    const parted = splitCue(joinCues([cue, next], 0), 0, count)
    assert.equal(parted[0]?.words.length, count, 'the editor writes the words down')
    assert.deepEqual(burnt(parted), burnt([cue, next]))

    const last = wordsOf(cue).at(-1)?.text ?? ''
    const there = setWord([cue], 0, count - 1, 'other')
    assert.deepEqual(burnt(setWord(there, 0, count - 1, last)), burnt([cue]))
  })
}
