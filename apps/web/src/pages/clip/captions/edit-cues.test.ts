import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cue } from '../editor/content.ts'
import { addCue, deleteCue, joinCues, joinWords, setEdge, setWord, splitCue } from './edit-cues.ts'
import { cueAt, wordAt, wordsOf } from './words.ts'

const word = (text: string, start: number, end: number) => ({ text, start, end })
const pack: Cue = {
  start: 1,
  end: 3,
  text: 'Pack light,\nwalk far.',
  words: [word('Pack', 1, 1.4), word('light,', 1.4, 2), word('walk', 2.1, 2.5), word('far.', 2.5, 3)],
}
const next: Cue = { start: 4, end: 5, text: 'ab cdef', words: [] }
const cues = [pack, next]

test('a corrected word keeps its time and the lines of its cue', () => {
  const [changed] = setWord(cues, 0, 1, 'right,')
  assert.equal(changed?.text, 'Pack right,\nwalk far.')
  assert.deepEqual(changed?.words[1], word('right,', 1.4, 2))
  assert.deepEqual(changed?.words.length, 4)
})

test('a word that becomes two shares its time by length', () => {
  const [changed] = setWord(cues, 0, 2, ' a bcd ')
  assert.equal(changed?.text, 'Pack light,\na bcd far.')
  assert.deepEqual(changed?.words.slice(2), [
    word('a', 2.1, 2.2),
    word('bcd', 2.2, 2.5),
    word('far.', 2.5, 3),
  ])
})

test('a word that is emptied goes, and its cue with the last one', () => {
  assert.equal(setWord(cues, 0, 0, '')[0]?.text, 'light,\nwalk far.')
  assert.equal(setWord(cues, 0, 2, '')[0]?.text, 'Pack light,\nfar.')
  assert.equal(setWord(cues, 0, 3, ' ')[0]?.text, 'Pack light,\nwalk')
  const one = { start: 0, end: 1, text: 'one', words: [] }
  assert.deepEqual(setWord([one], 0, 0, ''), [])
})

test('what changes nothing gives the same list', () => {
  assert.equal(setWord(cues, 0, 0, 'Pack'), cues)
  assert.equal(joinWords(cues, 0, 0), cues)
  assert.equal(splitCue(cues, 0, 0), cues)
  assert.equal(joinCues(cues, 1), cues)
  assert.equal(setEdge(cues, 0, 'end', 3, 9), cues)
  assert.equal(setEdge(cues, 0, 'end', Number.NaN, 9), cues)
})

test('joined words are one from the begin of the first to the end of the second', () => {
  const [changed] = joinWords(cues, 0, 1)
  assert.equal(changed?.text, 'Packlight,\nwalk far.')
  assert.deepEqual(changed?.words[0], word('Packlight,', 1, 2))
})

test('a cue is parted where its word begins', () => {
  const [first, second, third] = splitCue(cues, 0, 2)
  assert.deepEqual(first, {
    start: 1,
    end: 2.1,
    text: 'Pack light,',
    words: [word('Pack', 1, 1.4), word('light,', 1.4, 2)],
  })
  assert.deepEqual(second, {
    start: 2.1,
    end: 3,
    text: 'walk far.',
    words: [word('walk', 2.1, 2.5), word('far.', 2.5, 3)],
  })
  assert.equal(third, next)
})

test('joined cues keep the times of all words', () => {
  assert.deepEqual(joinCues(cues, 0), [
    {
      start: 1,
      end: 5,
      text: 'Pack light,\nwalk far. ab cdef',
      words: [...pack.words, word('ab', 4, 4 + 1 / 3), word('cdef', 4 + 1 / 3, 5)],
    },
  ])
})

test('edges stop at their neighbours and leave a cue to read; words stay inside', () => {
  const moved = setEdge(cues, 0, 'end', 2.2, 9)[0]
  assert.equal(moved?.end, 2.2)
  assert.deepEqual(moved?.words.slice(2), [word('walk', 2.1, 2.2), word('far.', 2.2, 2.2)])
  assert.equal(setEdge(cues, 0, 'end', 8, 9)[0]?.end, 4)
  assert.equal(setEdge(cues, 1, 'start', 0, 9)[1]?.start, 3)
  assert.equal(setEdge(cues, 1, 'start', 8, 9)[1]?.start, 4.9)
  assert.equal(setEdge(cues, 1, 'end', 80, 9)[1]?.end, 9)
  assert.equal(setEdge(cues, 0, 'start', -1, 9)[0]?.start, 0)
})

test('a new cue takes the room at the playhead, or the next room there is', () => {
  const at = (seconds: number) => {
    const added = addCue(cues, seconds, 6, 'New')
    const cue = added?.cues[added.at]
    return cue && [added.at, cue.start, cue.end]
  }
  assert.deepEqual(at(0), [0, 0, 1])
  assert.deepEqual(at(3.25), [1, 3.25, 4])
  assert.deepEqual(at(2), [1, 3, 4])
  assert.deepEqual(at(4.5), [2, 5, 6])
  assert.equal(addCue(cues, 4.5, 5, 'New'), null)
  assert.deepEqual(deleteCue(cues, 0), [next])
})

test('words without times, or with those of another text, share the time of their cue', () => {
  assert.deepEqual(wordsOf(next), [
    { text: 'ab', from: 0, to: 2, start: 4, end: 4 + 1 / 3 },
    { text: 'cdef', from: 3, to: 7, start: 4 + 1 / 3, end: 5 },
  ])
  assert.deepEqual(
    wordsOf({ ...next, words: [word('other', 4, 5)] }).map(({ text }) => text),
    ['ab', 'cdef'],
  )
})

test('a word is said until the next one begins, a cue is shown until its end', () => {
  assert.deepEqual(
    [0.9, 1, 2.05, 2.1, 9].map((seconds) => wordAt(pack.words, seconds)),
    [-1, 0, 1, 2, 3],
  )
  assert.deepEqual(
    [0.9, 1, 2.99, 3, 4].map((seconds) => cueAt(cues, seconds)),
    [-1, 0, 0, -1, 1],
  )
})
