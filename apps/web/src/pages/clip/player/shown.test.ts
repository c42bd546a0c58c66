import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canMove, cutAt, fadeAt, frameAt, layCuts, levelOf, middleCrop, movedFocus } from './shown.ts'

const crop = { x: 0.1, y: 0, width: 0.5, height: 1 }
const other = { x: 0.4, y: 0, width: 0.5, height: 1 }
const known = [
  { sourceId: 'a', start: 2, end: 3, at: 0, frames: 30, crop },
  { sourceId: 'a', start: 8, end: 9, at: 1, frames: 30, crop: other },
]

test('boundaries lie on frames, and rounding does not add up', () => {
  const cuts = Array.from({ length: 6 }, () => ({ sourceId: 'a', start: 0, end: 0.25 }))
  const laid = layCuts(cuts, 30, [])
  assert.deepEqual(
    laid.map(({ at, until }) => [at * 30, until * 30].map(Math.round)),
    [
      [0, 8],
      [8, 15],
      [15, 23],
      [23, 30],
      [30, 38],
      [38, 45],
    ],
  )
})

test('a known cut has the crop and the first picture that the server told of', () => {
  assert.deepEqual(layCuts([{ sourceId: 'a', start: 2.01, end: 3 }], 30, known), [
    { sourceId: 'a', start: 2, at: 0, until: 1, crop },
  ])
})

test('a cut that was trimmed keeps its start and takes the crop of what it overlaps, or of what is nearest', () => {
  const [trimmed, moved] = layCuts(
    [
      { sourceId: 'a', start: 8.5, end: 9.5 },
      { sourceId: 'a', start: 5, end: 6.8 },
    ],
    30,
    known,
  )
  assert.deepEqual([trimmed?.start, trimmed?.crop], [8.5, other])
  assert.deepEqual([moved?.start, moved?.crop], [5, other])
})

test('a picture that was moved is shown around its focus, and goes no further than its edges', () => {
  const cropAt = (x: number) =>
    layCuts([{ sourceId: 'a', start: 2, end: 3, focus: { x, y: 0.5 } }], 30, known)[0]?.crop
  assert.deepEqual(cropAt(0.5), { x: 0.25, y: 0, width: 0.5, height: 1 })
  assert.deepEqual(cropAt(0.9), { x: 0.5, y: 0, width: 0.5, height: 1 })
  // To the right by half a frame: a quarter of the picture, of which more is seen on the left.
  assert.deepEqual(movedFocus({ x: 0.4, y: 0, width: 0.5, height: 1 }, 0.5, 0.2), { x: 0.4, y: 0.5 })
  assert.deepEqual(movedFocus(crop, 9, 0), { x: 0.25, y: 0.5 })
  assert.deepEqual([canMove(crop), canMove({ x: 0, y: 0, width: 1, height: 1 })], [true, false])
})

test('a cut of another source shows the middle', () => {
  assert.equal(layCuts([{ sourceId: 'b', start: 2, end: 3 }], 30, known)[0]?.crop, null)
})

test('a cut begins where the one before it ends; the last one stays', () => {
  const cuts = layCuts(
    [
      { sourceId: 'a', start: 0, end: 1 },
      { sourceId: 'b', start: 0, end: 1 },
    ],
    25,
    [],
  )
  assert.deepEqual(
    [0, 0.99, 1, 1.99, 2, 7].map((seconds) => cutAt(cuts, seconds)),
    [0, 0, 1, 1, 1, 1],
  )
})

test('the middle of a wide picture is as high as it, that of a tall one as wide', () => {
  assert.deepEqual(middleCrop(2, 0.5), { x: 0.375, y: 0, width: 0.25, height: 1 })
  assert.deepEqual(middleCrop(0.5, 1), { x: 0, y: 0.25, width: 1, height: 0.5 })
  assert.deepEqual(middleCrop(0.5625, 0.5625), { x: 0, y: 0, width: 1, height: 1 })
})

test('a frame is shown from its begin until the next one', () => {
  assert.deepEqual(
    [0, 1 / 30, 2 / 30, 0.0999999, 0.0333, 0.05].map((seconds) => frameAt(seconds, 30)),
    [0, 1, 2, 3, 1, 1],
  )
})

test('levels: 6 dB down is a half, and nothing is louder than it is', () => {
  assert.equal(levelOf(0), 1)
  assert.equal(levelOf(5), 1)
  assert.equal(Math.round(levelOf(-6.0206) * 1000), 500)
  assert.deepEqual([fadeAt(3, 10), fadeAt(9.5, 10), fadeAt(11, 10)], [1, 0.5, 0])
})
