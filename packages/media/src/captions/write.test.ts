import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cue, plainText, type Word } from '@cutroom/contracts'
import fc from 'fast-check'
import { readCaptions } from './read.ts'
import { writeSrt, writeVtt } from './write.ts'

const cues: Cue[] = [
  {
    start: 1,
    end: 2.5,
    text: 'one <b>two',
    words: [
      { text: 'one', start: 1, end: 1.4 },
      { text: '<b>two', start: 1.75, end: 2.5 },
    ],
  },
  { start: 3661.002, end: 3662, text: 'first\n\n line ', words: [] },
]

test('SRT is numbered, its times have commas, and nothing in it can be taken for a tag', () => {
  assert.equal(
    writeSrt(cues),
    '1\n00:00:01,000 --> 00:00:02,500\none &lt;b&gt;two\n\n2\n01:01:01,002 --> 01:01:02,000\nfirst\nline\n',
  )
  const plain = writeSrt([{ start: 0, end: 1, text: 'AT&T > 1 <3', words: [] }])
  assert.equal(plain, '1\n00:00:00,000 --> 00:00:01,000\nAT&T > 1 <3\n')
})

test('WebVTT carries the begin and the end of words', () => {
  assert.equal(
    writeVtt(cues),
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\none<00:00:01.400> <00:00:01.750>&lt;b&gt;two\n\n01:01:01.002 --> 01:01:02.000\nfirst\nline\n',
  )
})

const nasty = fc.constantFrom(
  '-->',
  '00:00:01,000 --> 00:00:02,000',
  '42',
  '<i>',
  '<br>',
  '<00:00:01.000>',
  '&amp;',
  '&lt;b&gt;',
  '{\\an8}',
  'NOTE',
  'WEBVTT',
  '\n',
  '\n\n',
  ' ',
  'שלום',
)
const text = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'grapheme', maxLength: 12 })), { minLength: 1, maxLength: 6 })
  .map((parts) => plainText(parts.join('')))
  .filter((joined) => joined !== '')

/** Cues one after the other, in whole milliseconds, further apart than those that are joined. */
const timeline = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc
    .array(fc.tuple(arbitrary, fc.integer({ min: 100, max: 5000 }), fc.integer({ min: 0, max: 3000 })), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => {
      let now = 0
      return parts.map(([value, length, gap]) => {
        const start = now + gap
        now = start + length
        return { value, start: start / 1000, end: now / 1000 }
      })
    })

for (const [name, write] of [
  ['SRT', writeSrt],
  ['WebVTT', writeVtt],
] as const) {
  test(`any text comes back from ${name} as it was`, () => {
    fc.assert(
      fc.property(timeline(text), (parts) => {
        const expected = parts.map(({ value, start, end }) => ({ start, end, text: value, words: [] }))
        assert.deepEqual(readCaptions(write(expected)), expected)
      }),
    )
  })
}

test('words come back from WebVTT with their times', () => {
  const spoken = fc.array(
    fc.tuple(
      fc.stringMatching(/^[a-zășț<&]{0,6}[a-z]$/u).map((word) => plainText(word)),
      fc.integer({ min: 1, max: 900 }),
      fc.integer({ min: 0, max: 300 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  fc.assert(
    fc.property(spoken, fc.integer({ min: 0, max: 5000 }), (parts, begin) => {
      let now = begin
      const words: Word[] = parts.map(([word, length, gap]) => {
        const start = now + gap
        now = start + length
        return { text: word, start: start / 1000, end: now / 1000 }
      })
      const cue: Cue = {
        start: begin / 1000,
        end: (now + 1) / 1000,
        text: words.map((word) => word.text).join(' '),
        words,
      }
      assert.deepEqual(readCaptions(writeVtt([cue])), [cue])
    }),
  )
})
