import assert from 'node:assert/strict'
import { test } from 'node:test'
import { captionBand, sampleTime } from './sample-time.ts'

const cue = (start: number, end: number) => ({ start, end, text: 'x', words: [] })
const cues = [cue(1, 2), cue(4, 6)]

test('a style is seen at the playhead, or in the nearest cue', () => {
  assert.deepEqual(
    [0, 1.5, 1.52, 1.02, 2.4, 3.5, 9].map((seconds) => sampleTime(cues, seconds)),
    [1.5, 1.5, 1.5, 1, 1.5, 5, 5],
  )
  assert.equal(sampleTime([cue(1.06, 1.3)], 1.07), 1.1)
  assert.equal(sampleTime([], 3), 0)
})

test('the part that shows captions lies around them and inside of the frame', () => {
  const { top, height } = captionBand({ top: 0.1, bottom: 0.2 }, 'bottom', 9 / 16, 9 / 8)
  assert.deepEqual([top, height], [0.5, 0.5])
  assert.deepEqual(captionBand({ top: 0, bottom: 0.22 }, 'top', 16 / 9, 4 / 3), { top: 0, height: 1 })
  assert.equal(Math.round(captionBand({ top: 0, bottom: 0.4 }, 'bottom', 9 / 16, 4 / 3).top * 1000), 339)
  assert.deepEqual(captionBand({ top: 0.25, bottom: 0.25 }, 'middle', 9 / 16, 9 / 8), {
    top: 0.25,
    height: 0.5,
  })
  assert.equal(captionBand({ top: 0.1, bottom: 0.2 }, 'top', 9 / 16, 9 / 8).top, 0)
})
