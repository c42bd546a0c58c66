import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { placeWords, wordSpans, wordsOf } from './words.ts'

const words = (text: string) => wordSpans(text).map(({ from, to }) => text.slice(from, to))

test('words are parted by white space and keep their punctuation', () => {
  assert.deepEqual(words('Hello, "dear"  world!'), ['Hello,', '"dear"', 'world!'])
  assert.deepEqual(words("don't stop"), ["don't", 'stop'])
})

test('what is not spoken belongs to a neighbour on its line', () => {
  assert.deepEqual(words('Hello — world 🙂'), ['Hello —', 'world 🙂'])
  assert.deepEqual(words('« Bonjour ! »'), ['« Bonjour ! »'])
  assert.deepEqual(words('— Yes\n— No'), ['— Yes', '— No'])
  assert.deepEqual(words('...'), ['...'])
})

test('scripts without spaces are parted by dictionary', () => {
  assert.deepEqual(words('你好，世界。'), ['你好，', '世界。'])
  assert.deepEqual(words('สวัสดีครับ'), ['สวัสดี', 'ครับ'])
})

test('words are placed by their letters plus one, without gaps', () => {
  assert.deepEqual(placeWords('to see, go', 1, 3), [
    { text: 'to', start: 1, end: 1.6 },
    { text: 'see,', start: 1.6, end: 2.4 },
    { text: 'go', start: 2.4, end: 3 },
  ])
  assert.deepEqual(placeWords(' \n ', 0, 1), [])
})

test('words without times, or with those of another text, share the time of their cue', () => {
  const cue = { start: 4, end: 5, text: ' ab\u200b  cdef', words: [] }
  const shared = [
    { text: 'ab', from: 0, to: 2, start: 4, end: 4.375 },
    { text: 'cdef', from: 3, to: 7, start: 4.375, end: 5 },
  ]
  assert.deepEqual(wordsOf(cue), shared)
  assert.deepEqual(wordsOf({ ...cue, words: [{ text: 'other', start: 4, end: 5 }] }), shared)
  const timed = { text: 'ab cdef', start: 4.5, end: 4.6 }
  assert.deepEqual(wordsOf({ ...cue, words: [timed] }), [{ ...timed, from: 0, to: 7 }])
})

test('every visible character lies in exactly one word, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const spans = wordSpans(text)
      const outside = spans.map((span, index) => text.slice(spans[index - 1]?.to ?? 0, span.from))
      outside.push(text.slice(spans.at(-1)?.to ?? 0))
      assert.equal(outside.join('').trim(), '')
      assert.ok(spans.every((span) => span.to > span.from))
    }),
  )
})

test('placed words fill the phrase in order', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.double({ min: 0.1, max: 60, noNaN: true }),
      (text, length) => {
        const placed = placeWords(text, 2, 2 + length)
        fc.pre(placed.length > 0)
        assert.equal(placed[0]?.start, 2)
        assert.equal(placed.at(-1)?.end, 2 + length)
        assert.ok(
          placed.every(
            (word, index) => word.end > word.start && word.start === (placed[index - 1]?.end ?? 2),
          ),
        )
      },
    ),
  )
})
