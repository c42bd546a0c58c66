import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cue, CutroomError } from '@cutroom/contracts'
import fc from 'fast-check'
import { readCaptions } from './read.ts'

const short = (cues: readonly Cue[]) => cues.map(({ start, end, text }) => [start, end, text])
const two = [
  [1, 2, 'Hello'],
  [3, 4, 'World'],
]
const wellFormed = '1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nWorld\n'

const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

const slips: Readonly<Record<string, string | Uint8Array>> = {
  'nothing wrong': wellFormed,
  'a byte order mark': `\ufeff${wellFormed}`,
  'UTF-8 bytes with a byte order mark': Buffer.from(`\ufeff${wellFormed}`),
  'UTF-16, little end first': utf16(wellFormed, false),
  'UTF-16, big end first': utf16(wellFormed, true),
  'CR LF': wellFormed.replaceAll('\n', '\r\n'),
  'CR alone': wellFormed.replaceAll('\n', '\r'),
  'no numbers': '00:00:01,000 --> 00:00:02,000\nHello\n\n00:00:03,000 --> 00:00:04,000\nWorld',
  'wrong numbers': wellFormed.replace('1\n', '7\n').replace('\n2\n', '\n7\n'),
  'no blank line': wellFormed.replace('\n\n', '\n'),
  'no blank line and no number': wellFormed.replace('\n\n2', ''),
  'a blank line after the number': wellFormed.replace('\n2\n', '\n2\n\n'),
  'dots, no hours, few digits': '1\n0:01.0 --> 00:02\nHello\n\n2\n0:00:03.00 --> 0:04\nWorld\n',
  'spaces inside the times': wellFormed.replace('00:00:01,000 -->', '00: 00: 01, 000 ->'),
  'positions behind the times': wellFormed.replaceAll(/(?<=--> .*)$/gm, ' X1:10 X2:20'),
  'cues out of order': '2\n00:00:03,000 --> 00:00:04,000\nWorld\n\n1\n00:00:01,000 --> 00:00:02,000\nHello\n',
  'an empty cue': `${wellFormed}\n3\n00:00:05,000 --> 00:00:06,000\n\n`,
}

for (const [slip, input] of Object.entries(slips)) {
  test(`SRT with ${slip} is read`, () => assert.deepEqual(short(readCaptions(input)), two))
}

test('a cue whose only text is a number keeps it', () => {
  const srt = '1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n00:00:03,000 --> 00:00:04,000\n7\n'
  assert.deepEqual(short(readCaptions(srt)), [
    [1, 2, '42'],
    [3, 4, '7'],
  ])
  assert.deepEqual(short(readCaptions(srt.replace('2\n00', '00').replace('1\n', ''))), [
    [1, 2, '42'],
    [3, 4, '7'],
  ])
})

test('tags, ASS overrides and entities become plain text; what only looks like them stays', () => {
  const body = '<i>a</i> &amp; <font color="#fff">b</font>{\\an8} I <3 U &#233;&#xe9; 1 < 2 > 0 AT&T <foo>'
  const [cue] = readCaptions(`00:01 --> 00:02\n${body}\n`)
  assert.equal(cue?.text, 'a & b I <3 U éé 1 < 2 > 0 AT&T <foo>')
})

test('a decomposed letter is composed, and control and direction characters go', () => {
  const [cue] = readCaptions('00:01 --> 00:02\nta\u0306ri\u0000 \u202eab\u202c\u200b\u00ad\n')
  assert.equal(cue?.text, 'tări ab')
})

const vtt = `WEBVTT - title
Kind: captions

NOTE a comment
00 not a time

STYLE
::cue { color: red }

REGION
id:left

intro
00:01.000 --> 00:05.000 align:start line:0%
<v Bob>one <00:02.000>two <c.loud>three</c>
<00:04.000>&lt;four&gt;

00:01:00.000 --> 00:01:01.500
<ruby>漢<rt>kan</rt></ruby> A&nbsp;b
`

test('WebVTT: header, comments, names, settings and voices go, timestamps become word times', () => {
  assert.deepEqual(readCaptions(vtt), [
    {
      start: 1,
      end: 5,
      text: 'one two three\n<four>',
      words: [
        { text: 'one', start: 1, end: 2 },
        { text: 'two', start: 2, end: 2.8 },
        { text: 'three', start: 2.8, end: 4 },
        { text: '<four>', start: 4, end: 5 },
      ],
    },
    { start: 60, end: 61.5, text: '漢 A b', words: [] },
  ])
})

test('timestamps that do not rise are ignored', () => {
  const [cue] = readCaptions('WEBVTT\n\n00:01.000 --> 00:05.000\none <00:04.000>two <00:02.000>three\n')
  assert.deepEqual(cue, { start: 1, end: 5, text: 'one two three', words: [] })
})

test('a cue ends where the next begins; cues that start together become one', () => {
  const srt =
    '00:01 --> 00:09\na\n\n00:03 --> 00:05\nb\n\n00:03.050 --> 00:06\nc\n\n00:07 --> 00:08\nd\n\n00:07 --> 00:09\nd\n'
  assert.deepEqual(short(readCaptions(srt)), [
    [1, 3, 'a'],
    [3, 6, 'b\nc'],
    [7, 9, 'd'],
  ])
})

const refused: readonly (readonly [why: string, input: string | Uint8Array, line: number, says: RegExp])[] = [
  ['nothing in it', '', 1, /no line with a start and an end time/],
  ['prose', 'Hello\nthere\n', 1, /no line with a start and an end time/],
  ['a broken time', wellFormed.replace('00:00:03,000', '00:00:xx,000'), 6, /times are not written as/],
  ['75 seconds in a minute', wellFormed.replace('00:00:04,000', '00:00:75,000'), 6, /up to 59/],
  ['an end before its start', wellFormed.replace('00:00:04,000', '00:00:02,000'), 6, /ends before it begins/],
  ['a cue without length', wellFormed.replace('00:00:04,000', '00:00:03,000'), 6, /no length/],
  ['letters in Latin-1', Buffer.from(wellFormed.replace('World', 'W\u00f6rld'), 'latin1'), 7, /not UTF-8/],
  ['an endless cue', `00:01 --> 00:02\n${'x'.repeat(6000)}`, 1, /more than 5000 characters/],
  ['too many cues', '00:01 --> 00:02\nx\n'.repeat(20_001), 40_001, /more than 20000 cues/],
  ['too many bytes', 'x'.repeat(5_000_001), 1, /larger than 5 MB/],
]

for (const [why, input, line, says] of refused) {
  test(`${why} is refused with the line's number`, () => {
    assert.throws(
      () => readCaptions(input),
      (error: CutroomError) => {
        assert.equal(error.code, 'captions-unreadable')
        assert.equal(error.details.line, line)
        assert.match(error.message, says)
        return true
      },
    )
  })
}

test('any text gives sorted cues without overlap, or captions-unreadable', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '',
      '1',
      '2',
      'WEBVTT',
      '<00:00:01.500>',
      '00:00:01,000 --> 00:00:02,000',
      '00:03.0 --> 99:59:59',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      let cues: Cue[]
      try {
        cues = readCaptions(lines.join('\n'))
      } catch (error) {
        assert.equal((error as CutroomError).code, 'captions-unreadable')
        return
      }
      for (const [index, cue] of cues.entries()) {
        assert.ok(cue.end > cue.start && cue.start >= (cues[index - 1]?.end ?? 0) && cue.text !== '')
      }
    }),
  )
})
