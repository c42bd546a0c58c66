import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cue, timelineSeconds } from '@cutroom/contracts'
import fc from 'fast-check'
import { type Insert, insertsFor, type KeywordVideo, timelineWithInserts } from './insert.ts'
import { mentionsOf } from './keywords.ts'

const cue = (start: number, end: number, text: string): Cue => ({ start, end, text, words: [] })
const video = (sourceId: string, keywords: string[], moments: [number, number, number][]): KeywordVideo => ({
  sourceId,
  keywords,
  moments: moments.map(([start, end, score]) => ({ start, end, score })),
})
const OPTIONS = { clipSeconds: 60, shortestSeconds: 1, longestSeconds: 5 }
const shown = (inserts: readonly Insert[]): string =>
  inserts
    .map(({ start, end, sourceId, sourceStart }) => `${start}-${end} ${sourceId}@${sourceStart}`)
    .join(', ')
const saidIn = (text: string, keyword: string): number => mentionsOf([cue(0, 1, text)], [keyword]).length

test('case, accents, punctuation or a plural hide a keyword', () => {
  for (const [text, keyword] of [
    ['Das CAFÉ!', 'cafe'],
    ['a cafe', 'Café'],
    ['two coffees, please', 'coffee'],
    ['one coffee', 'coffees'],
    ['all cities', 'city'],
    ['the boxes', 'box'],
    ["L'eau fraîche", 'eau'],
    ['a mountain-bike', 'mountain bike'],
    ['the “coffee\nbar”', 'Coffee bar'],
    ['我爱北京。', '北京'],
  ] as const)
    assert.equal(saidIn(text, keyword), 1, `${text}: ${keyword}`)
})

test('a part of a word, or the first half of a keyword, counts as the keyword', () => {
  for (const [text, keyword] of [
    ['scar', 'car'],
    ['carpet', 'car'],
    ['coffee, then a bar', 'coffee bar'],
    ['the end is coffee', 'coffee bar'],
    ['as it is', 'a'],
    ['anything', '…'],
    ['anything', ''],
  ] as const)
    assert.equal(saidIn(text, keyword), 0, `${text}: ${keyword}`)
})

test('an insert does not start with its word, or does not end with its cue', () => {
  const cues: Cue[] = [
    {
      ...cue(2, 5, 'fresh coffee daily'),
      words: [
        { text: 'fresh', start: 2, end: 2.5 },
        { text: 'coffee', start: 2.6, end: 3.2 },
        { text: 'daily', start: 3.3, end: 4 },
      ],
    },
  ]
  const { inserts } = insertsFor(cues, [video('b', ['coffee'], [[10, 20, 0.5]])], OPTIONS)
  assert.deepEqual(inserts, [{ start: 2.6, end: 5, sourceId: 'b', sourceStart: 10, keyword: 'coffee' }])
})

test('an insert is shorter than the shortest or longer than the longest', () => {
  const cues = [cue(2, 2.4, 'coffee'), cue(10, 30, 'coffee'), cue(59.5, 60, 'coffee')]
  const { inserts } = insertsFor(cues, [video('b', ['coffee'], [[10, 20, 0.5]])], OPTIONS)
  assert.equal(shown(inserts), '2-3 b@10, 10-15 b@10, 59-60 b@10')
})

test('the best moment is not shown first, or one is shown again while others wait', () => {
  const cues = [2, 12, 22, 32].map((start) => cue(start, start + 2, 'coffee'))
  const moments: [number, number, number][] = [
    [0, 3, 0.2],
    [5, 8, 0.9],
    [10, 10.5, 1],
    [20, 23, 0.5],
  ]
  const { inserts } = insertsFor(cues, [video('b', ['coffee'], moments)], OPTIONS)
  assert.equal(shown(inserts), '2-4 b@5, 12-14 b@20, 22-24 b@0, 32-34 b@5')
})

test('an insert goes on beyond the end of its moment', () => {
  const { inserts } = insertsFor([cue(2, 6, 'coffee')], [video('b', ['coffee'], [[0, 1.5, 1]])], OPTIONS)
  assert.equal(shown(inserts), '2-3.5 b@0')
})

test('two inserts overlap, or the next keyword waits for the end of the cue', () => {
  const words = [
    { text: 'coffee', start: 0, end: 1 },
    { text: 'and', start: 1, end: 1.5 },
    { text: 'cake', start: 1.5, end: 4 },
  ]
  const videos = [video('b', ['coffee'], [[0, 9, 1]]), video('c', ['cake'], [[0, 9, 1]])]
  const { inserts } = insertsFor([{ ...cue(0, 4, 'coffee and cake'), words }], videos, OPTIONS)
  assert.equal(shown(inserts), '0-1.5 b@0, 1.5-4 c@0')
  const hasty = words.map((word, i) => ({ ...word, start: i / 10, end: (i + 1) / 10 }))
  const pushed = insertsFor([{ ...cue(0, 4, 'coffee and cake'), words: hasty }], videos, OPTIONS)
  assert.equal(shown(pushed.inserts), '0-1 b@0, 1-4 c@0')
})

test('a keyword that is said again restarts its own insert', () => {
  const { inserts } = insertsFor(
    [cue(0, 4, 'coffee coffee coffee')],
    [video('b', ['coffee'], [[0, 9, 1]])],
    OPTIONS,
  )
  assert.equal(shown(inserts), '0-4 b@0')
})

test('of two videos with one keyword, the same is shown every time', () => {
  const cues = [2, 12, 22].map((start) => cue(start, start + 2, 'coffee'))
  const videos = [video('b', ['coffee'], [[0, 3, 1]]), video('c', ['Coffee'], [[0, 3, 1]])]
  assert.equal(shown(insertsFor(cues, videos, OPTIONS).inserts), '2-4 b@0, 12-14 c@0, 22-24 b@0')
})

test('the main picture flashes between two inserts', () => {
  const cues = [cue(0, 2, 'coffee'), cue(2.3, 4, 'cake')]
  const videos = [video('b', ['coffee'], [[0, 9, 1]]), video('c', ['cake'], [[0, 9, 1]])]
  assert.equal(shown(insertsFor(cues, videos, OPTIONS).inserts), '0-2.3 b@0, 2.3-4 c@0')
})

test('keywords that nobody says, or videos without a moment, go untold or fail', () => {
  const { inserts, unsaid } = insertsFor(
    [cue(0, 2, 'coffee')],
    [video('b', ['tea', 'milk'], [[0, 3, 1]]), video('c', ['coffee'], [])],
    OPTIONS,
  )
  assert.deepEqual(inserts, [])
  assert.deepEqual(unsaid, [
    { sourceId: 'b', keyword: 'tea' },
    { sourceId: 'b', keyword: 'milk' },
  ])
})

test('the main pictures lose their time under inserts', () => {
  const insert = { start: 2, end: 4, sourceId: 'b', sourceStart: 10, keyword: 'coffee' }
  assert.deepEqual(timelineWithInserts([{ sourceId: 'a', start: 1, end: 7 }], [insert]), [
    { sourceId: 'a', start: 1, end: 3 },
    { sourceId: 'b', start: 10, end: 12 },
    { sourceId: 'a', start: 5, end: 7 },
  ])
  const main = [
    { sourceId: 'a', start: 0, end: 3 },
    { sourceId: 'a', start: 8, end: 12 },
  ]
  const other = { start: 5, end: 7, sourceId: 'c', sourceStart: 0, keyword: 'cake' }
  assert.deepEqual(timelineWithInserts(main, [insert, other]), [
    { sourceId: 'a', start: 0, end: 2 },
    { sourceId: 'b', start: 10, end: 12 },
    { sourceId: 'a', start: 9, end: 10 },
    { sourceId: 'c', start: 0, end: 2 },
  ])
})

/** Start and end are whole milliseconds: what lies between them may be one off, and is no exact number. */
const ROUNDED = 1e-3 + 1e-9

test('inserts overlap, leave their moment or the clip, flash, or change the length of the clip', () => {
  const words = fc.array(fc.constantFrom('coffee', 'cake', 'tea', 'and'), { minLength: 1, maxLength: 6 })
  const cues = fc.array(fc.tuple(fc.integer({ min: 100, max: 4000 }), words), { minLength: 1, maxLength: 12 })
  const moments = fc.array(fc.integer({ min: 300, max: 6000 }), { maxLength: 4 })
  const check = fc.property(cues, moments, moments, (spoken, first, second) => {
    let at = 0
    const timed = spoken.map(([ms, text]) => {
      at += ms
      return cue((at - ms) / 1000, at / 1000, text.join(' '))
    })
    const videos = [first, second].map((lengths, i) =>
      video(
        i === 0 ? 'b' : 'c',
        i === 0 ? ['coffee', 'tea'] : ['cake', 'tea'],
        lengths.map((ms, k) => [10 * k, 10 * k + ms / 1000, k / 4]),
      ),
    )
    const { inserts } = insertsFor(timed, videos, { ...OPTIONS, clipSeconds: at / 1000 })
    for (const [i, insert] of inserts.entries()) {
      const length = insert.end - insert.start
      assert.ok(length >= 1 - ROUNDED && length <= 5.5, `${length} s`)
      assert.ok(insert.end <= (inserts[i + 1]?.start ?? at / 1000) + 1e-9)
      const moment = videos
        .find(({ sourceId }) => sourceId === insert.sourceId)
        ?.moments.find(({ start }) => start === insert.sourceStart)
      assert.ok(moment && insert.sourceStart + length <= moment.end + 2e-3)
    }
    const timeline = timelineWithInserts([{ sourceId: 'a', start: 0, end: at / 1000 }], inserts)
    assert.ok(Math.abs(timelineSeconds(timeline) - at / 1000) < 1e-6)
  })
  fc.assert(check, { numRuns: 500 })
})
