import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cue, graphemes, plainText } from '@cutroom/contracts'
import fc from 'fast-check'
import { layoutCues, type Phrase } from './phrases.ts'

/** Every letter is one wide, and so is a space. */
const layout = (cues: readonly Cue[], lineWidth: number): Phrase[] =>
  layoutCues(cues, lineWidth, 1, (text) => graphemes(text).length)

const cue = (text: string, start = 0, end = 10): Cue => ({ start, end, text, words: [] })
const lineText = (line: Phrase['lines'][number]): string =>
  line.map((token, index) => (index > 0 && !token.glued ? ' ' : '') + token.text).join('')
const shown = (phrases: readonly Phrase[]) => phrases.map((phrase) => phrase.lines.map(lineText))

test('a cue that fits stays whole, in as few lines as can be, of like width', () => {
  assert.deepEqual(shown(layout([cue('one two three')], 13)), [['one two three']])
  assert.deepEqual(shown(layout([cue('one two three four')], 13)), [['one two', 'three four']])
})

test('two lines that the author made are kept where they fit', () => {
  assert.deepEqual(shown(layout([cue('one\ntwo three four')], 14)), [['one', 'two three four']])
  assert.deepEqual(shown(layout([cue('one\ntwo three four')], 10)), [['one two', 'three four']])
})

test('a long cue is split where a sentence or a clause ends', () => {
  assert.deepEqual(shown(layout([cue('We came home. Then, after a while, it began to rain.')], 12)), [
    ['We came', 'home.'],
    ['Then, after', 'a while,'],
    ['it began', 'to rain.'],
  ])
})

test('phrases follow each other without a gap, and end shortly after the last word before a pause', () => {
  const words = [
    { text: 'one', start: 1, end: 2 },
    { text: 'two', start: 2, end: 3 },
    { text: 'three', start: 6, end: 7 },
    { text: 'four', start: 7, end: 8 },
    { text: 'five', start: 8, end: 9 },
  ]
  const phrases = layout([{ start: 0.5, end: 9.5, text: 'one two three four five', words }], 9)
  assert.deepEqual(shown(phrases), [['one two'], ['three', 'four five']])
  assert.deepEqual(
    phrases.map(({ start, end }) => [start, end]),
    [
      [0.5, 3.3],
      [6, 9.5],
    ],
  )
})

test('words that do not spell the text are not trusted with it', () => {
  const [phrase] = layout([{ ...cue('one two'), words: [{ text: 'won', start: 0, end: 1 }] }], 20)
  assert.deepEqual(
    phrase?.lines.flat().map(({ text, start, end }) => ({ text, start, end })),
    [
      { text: 'one', start: 0, end: 5 },
      { text: 'two', start: 5, end: 10 },
    ],
  )
})

test('a very long word makes its phrase smaller; a longer one still is broken', () => {
  assert.deepEqual(
    layout([cue('abcdefghijkl')], 10).map((phrase) => [lineText(phrase.lines[0] ?? []), phrase.scale]),
    [['abcdefghijkl', 10 / 12]],
  )
  const broken = layout([cue('abcdefghijklmnop')], 10)
  assert.deepEqual(shown(broken), [['abcdefghij', 'klmnop']])
  assert.equal(broken[0]?.scale, 1)
})

test('whatever the text: nothing is lost, no line is too wide, no phrase has a third line, times rise', () => {
  const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
  fc.assert(
    fc.property(texts, fc.integer({ min: 4, max: 30 }), (text, lineWidth) => {
      fc.pre(plainText(text) !== '')
      const phrases = layout([cue(text)], lineWidth)
      const letters = (value: string) => value.replace(/\s/gu, '')
      assert.equal(letters(shown(phrases).flat().join('')), letters(plainText(text)))
      let now = 0
      for (const { lines, scale, start, end } of phrases) {
        assert.ok(lines.length <= 2 && scale >= 0.7)
        for (const line of lines) assert.ok(graphemes(lineText(line)).length * scale <= lineWidth + 1e-9)
        assert.ok(start >= now && end >= start)
        now = end
      }
    }),
  )
})
