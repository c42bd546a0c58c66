import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { MediaProbe, VideoStream } from '@cutroom/contracts'
import { videoStream } from '../probe/probe-fixture.ts'
import { frameOfSample, planIngest } from './plan.ts'

const probe = (video: Partial<VideoStream> = {}, durationSeconds = 60): MediaProbe => ({
  sizeBytes: 1,
  container: 'mov',
  durationSeconds,
  video: videoStream({ colour: { primaries: null, transfer: null, matrix: null, range: null }, ...video }),
  audio: null,
  hasCoverArt: false,
})
const shape = (displayWidth: number, displayHeight: number) =>
  planIngest(probe({ displayWidth, displayHeight }))
const rate = (num: number, den = 1, change: Partial<VideoStream> = {}) =>
  planIngest(probe({ averageFrameRate: { num, den }, realFrameRate: { num, den }, ...change })).rate

describe('the size of a proxy', () => {
  for (const [width, height, expected] of [
    [1920, 1080, [960, 540]],
    [3840, 2160, [960, 540]],
    [1080, 1920, [540, 960]],
    [1080, 1080, [540, 540]],
    [320, 180, [320, 180]],
    [853, 479, [852, 478]],
    [3840, 800, [1280, 266]],
    [8, 8, [16, 16]],
  ] as const) {
    test(`${width}x${height} becomes ${expected.join('x')}`, () => {
      const { proxy } = shape(width, height)
      assert.deepEqual([proxy.width, proxy.height], expected)
    })
  }
})

test('the grey picture has the shape of the source and about 14400 pixels', () => {
  assert.deepEqual(shape(1920, 1080).grey, { width: 160, height: 90 })
  assert.deepEqual(shape(1080, 1920).grey, { width: 90, height: 160 })
  assert.deepEqual(shape(500, 500).grey, { width: 120, height: 120 })
})

describe('the rate of the analysis', () => {
  test('up to 30 it is that of the source', () => {
    assert.deepEqual(rate(24000, 1001), { num: 24000, den: 1001 })
    assert.deepEqual(rate(25), { num: 25, den: 1 })
    assert.deepEqual(rate(179, 6), { num: 179, den: 6 })
    assert.deepEqual(rate(30), { num: 30, den: 1 })
  })
  test('above, it is halved until it fits, so that no picture is shown twice', () => {
    assert.deepEqual(rate(60000, 1001), { num: 60000, den: 2002 })
    assert.deepEqual(rate(50), { num: 50, den: 2 })
    assert.deepEqual(rate(240), { num: 240, den: 8 })
  })
  test('a variable rate becomes 30', () => {
    assert.deepEqual(rate(750, 59, { variableFrameRate: true }), { num: 30, den: 1 })
  })
  test('an average that is off by a lost frame does not replace the real rate', () => {
    const video = { averageFrameRate: { num: 2990, den: 100 }, realFrameRate: { num: 30, den: 1 } }
    assert.deepEqual(planIngest(probe(video)).rate, { num: 30, den: 1 })
  })
  test('the field rate of interlaced material is not its frame rate', () => {
    const video = { averageFrameRate: { num: 25, den: 1 }, realFrameRate: { num: 50, den: 1 } }
    assert.deepEqual(planIngest(probe(video)).rate, { num: 25, den: 1 })
  })
})

describe('the frame of a sample', () => {
  const frames = (video: Partial<VideoStream>, ...samples: number[]): number[] => {
    const plan = planIngest(probe(video))
    return samples.map((sample) => frameOfSample(plan, sample))
  }
  test('at 30 Hz it is every third', () => {
    assert.deepEqual(frames({}, 0, 1, 2, 100, 599), [0, 3, 6, 300, 1797])
  })
  test('at 29.97 Hz it is the first one that is not before the sample', () => {
    const ntsc = { num: 30000, den: 1001 }
    const video = { averageFrameRate: ntsc, realFrameRate: ntsc }
    assert.deepEqual(frames(video, 0, 1, 50, 170), [0, 3, 150, 510])
  })
  test('at 4 Hz several samples share a frame', () => {
    const slow = { num: 4, den: 1 }
    assert.deepEqual(
      frames({ averageFrameRate: slow, realFrameRate: slow }, 0, 1, 2, 3, 4, 5),
      [0, 1, 1, 2, 2, 2],
    )
  })
  test('pictures that lie beside the grid are counted from their own phase', () => {
    // The pictures are shown at 0.021, 0.054, 0.088, 0.121 s: the first at or after 0.1 s is number 3.
    assert.deepEqual(frames({ startSeconds: 0.021 }, 0, 1, 2), [0, 3, 6])
  })
  test('behind the last frame it is the last frame', () => {
    const plan = planIngest(probe({}, 1.99))
    assert.deepEqual(
      [plan.frames, plan.samples, frameOfSample(plan, 19), frameOfSample(plan, 25)],
      [60, 20, 57, 59],
    )
  })
})

test('the filmstrip has at most 100 pictures, not closer than a second', () => {
  const strip = (seconds: number) => planIngest(probe({}, seconds)).filmstrip
  const tile = { width: 160, height: 90 }
  assert.deepEqual(strip(0.5), { tile, columns: 1, rows: 1, count: 1, intervalSeconds: 1 })
  assert.deepEqual(strip(12), { tile, columns: 10, rows: 2, count: 12, intervalSeconds: 1 })
  assert.deepEqual(strip(3600), { tile, columns: 10, rows: 10, count: 100, intervalSeconds: 36 })
})

test('a file without video is refused', () => {
  assert.throws(() => planIngest({ ...probe(), video: null }), { code: 'media-no-video' })
})
