import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cue } from '../editor/content.ts'
import {
  addCue,
  deleteCue,
  joinCues,
  joinWords,
  setEdge,
  setWord,
  setWordEdge,
  shiftCue,
  splitCue,
} from './edit-cues.ts'
import { cueAt, wordAt } from './said.ts'

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
    word('a', 2.1, 2.1 + (2.5 - 2.1) / 3),
    word('bcd', 2.1 + (2.5 - 2.1) / 3, 2.5),
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
      words: [...pack.words, word('ab', 4, 4.375), word('cdef', 4.375, 5)],
    },
  ])
})

test('edges stop at their neighbours and leave a cue to read; words keep their shares, and have their times back with the edge', () => {
  const shorter = setEdge(cues, 0, 'end', 2.2, 9)
  assert.equal(shorter[0]?.end, 2.2)
  assert.deepEqual(shorter[0]?.words, [
    word('Pack', 1, 1.24),
    word('light,', 1.24, 1.6),
    word('walk', 1.66, 1.9),
    word('far.', 1.9, 2.2),
  ])
  assert.deepEqual(setEdge(shorter, 0, 'end', 3, 9), cues)
  const later = setEdge(cues, 0, 'start', 2, 9)
  assert.deepEqual(later[0]?.words[1], word('light,', 2.2, 2.5))
  assert.deepEqual(setEdge(later, 0, 'start', 1, 9), cues)
  assert.equal(setEdge(cues, 0, 'end', 8, 9)[0]?.end, 4)
  assert.equal(setEdge(cues, 1, 'start', 0, 9)[1]?.start, 3)
  assert.equal(setEdge(cues, 1, 'start', 8, 9)[1]?.start, 4.9)
  assert.equal(setEdge(cues, 1, 'end', 80, 9)[1]?.end, 9)
  assert.equal(setEdge(cues, 0, 'start', -1, 9)[0]?.start, 0)
})

test('a cue is moved as a whole, as far as its neighbours and the end of the clip', () => {
  const moved = shiftCue(cues, 0, 1.5, 9)[0]
  assert.deepEqual([moved?.start, moved?.end, moved?.text], [1.5, 3.5, pack.text])
  assert.deepEqual(moved?.words, [
    word('Pack', 1.5, 1.9),
    word('light,', 1.9, 2.5),
    word('walk', 2.6, 3),
    word('far.', 3, 3.5),
  ])
  const at = (cue: number, start: number) => {
    const { start: from, end: until } = shiftCue(cues, cue, start, 9)[cue] ?? next
    return [from, until]
  }
  assert.deepEqual(at(0, 7), [2, 4])
  assert.deepEqual(at(0, -1), [0, 2])
  assert.deepEqual(at(1, 0), [3, 4])
  assert.deepEqual(at(1, 20), [8, 9])
  assert.equal(shiftCue(cues, 0, 1, 9), cues)
  assert.equal(shiftCue(cues, 0, Number.NaN, 9), cues)
})

test('the time of a word is moved within its neighbours; a moment that two of them share is moved for both', () => {
  const words = (index: number, edge: 'start' | 'end', seconds: number) =>
    setWordEdge(cues, 0, index, edge, seconds)[0]?.words
  assert.deepEqual(words(1, 'start', 1.6), [
    word('Pack', 1, 1.6),
    word('light,', 1.6, 2),
    ...pack.words.slice(2),
  ])
  assert.deepEqual(words(0, 'end', 1.2)?.slice(0, 2), [word('Pack', 1, 1.2), word('light,', 1.2, 2)])
  // Between the second and the third there is a pause.
  assert.deepEqual(words(1, 'end', 2.05)?.slice(1, 3), [word('light,', 1.4, 2.05), word('walk', 2.1, 2.5)])
  assert.deepEqual(words(1, 'end', 2.4)?.slice(1, 3), [word('light,', 1.4, 2.1), word('walk', 2.1, 2.5)])
  assert.deepEqual(words(2, 'start', 0)?.slice(1, 3), [word('light,', 1.4, 2), word('walk', 2, 2.5)])
  // None is lost, and none leaves its cue.
  assert.deepEqual(words(1, 'start', 0)?.slice(0, 2), [word('Pack', 1, 1.02), word('light,', 1.02, 2)])
  assert.deepEqual(words(1, 'start', 9)?.[1], word('light,', 1.98, 2))
  assert.deepEqual(words(0, 'start', 0), pack.words)
  assert.deepEqual(words(3, 'end', 9), pack.words)
  assert.equal(setWordEdge(cues, 0, 1, 'start', 1.4), cues)
  assert.equal(setWordEdge(cues, 0, 4, 'start', 1.4), cues)
  assert.equal(setWordEdge(cues, 0, 0, 'end', Number.NaN), cues)
  assert.deepEqual(setWordEdge(cues, 1, 0, 'end', 4.5)[1]?.words, [word('ab', 4, 4.5), word('cdef', 4.5, 5)])
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

test('a word is written as captions are: a dash alone is no word, and where words need no spaces none are added', () => {
  const written = (text: string) => {
    const [changed] = setWord([{ start: 0, end: 1, text: 'そして next', words: [] }], 0, 0, text)
    return [changed?.text, changed?.words.map((one) => one.text)]
  }
  assert.deepEqual(written('well  –\u200b'), ['well – next', ['well –', 'next']])
  assert.deepEqual(written('昨日は晴れ'), ['昨日は晴れ next', ['昨日', 'は', '晴れ', 'next']])
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
