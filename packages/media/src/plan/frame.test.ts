import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PRESETS, type Preset, type VideoStream } from '@cutroom/contracts'
import { videoStream } from '../probe/probe-fixture.ts'
import { coverCrop, frameRate, frameSize } from './frame.ts'

const preset = (id: string): Preset => {
  const found = PRESETS.find((candidate) => candidate.id === id)
  assert.ok(found)
  return found
}
const portrait = { width: 1080, height: 1920 }
const crop = (video: Partial<VideoStream>, x = 0.5, y = 0.5) =>
  coverCrop(videoStream(video), portrait, { x, y })

describe('the part of a picture that fills a portrait frame', () => {
  it('is a middle column of a landscape picture', () => {
    assert.deepEqual(crop({}), { width: 608, height: 1080, x: 656, y: 0 })
  })
  it('follows the focus, and stops at the edges', () => {
    assert.equal(crop({}, 0.25).x, 176)
    assert.equal(crop({}, 0).x, 0)
    assert.equal(crop({}, 1).x, 1920 - 608)
  })
  it('is the whole of a portrait picture', () => {
    assert.deepEqual(crop({ codedWidth: 1080, codedHeight: 1920 }), { width: 1080, height: 1920, x: 0, y: 0 })
  })
  it('is the whole of a landscape picture that is turned upright', () => {
    assert.deepEqual(crop({ rotation: 90 }), { width: 1080, height: 1920, x: 0, y: 0 })
    assert.deepEqual(crop({ rotation: 270 }), { width: 1080, height: 1920, x: 0, y: 0 })
  })
  it('counts pixels that are not square', () => {
    // 720×576 with 64:45 pixels is shown as 1024×576.
    const anamorphic = { codedWidth: 720, codedHeight: 576, sampleAspectRatio: { num: 64, den: 45 } }
    assert.deepEqual(crop(anamorphic), { width: 228, height: 576, x: 246, y: 0 })
  })
  it('is a band of a picture that is even narrower', () => {
    assert.deepEqual(crop({ codedWidth: 480, codedHeight: 1280 }, 0.5, 0), {
      width: 480,
      height: 854,
      x: 0,
      y: 0,
    })
  })
  it('stays inside of an odd picture', () => {
    const { width, height, x, y } = crop({ codedWidth: 853, codedHeight: 479 }, 1, 1)
    assert.ok(x + width <= 853 && y + height <= 479)
  })
})

describe('the frame of an export', () => {
  it('is that of the preset', () => {
    assert.deepEqual(frameSize(preset('reels'), videoStream()), portrait)
    assert.deepEqual(frameRate(preset('reels'), videoStream()), { num: 30, den: 1 })
  })
  it('is even where it follows an odd source', () => {
    assert.deepEqual(frameSize(preset('source'), videoStream({ displayWidth: 853, displayHeight: 479 })), {
      width: 852,
      height: 478,
    })
  })
  it('has the nearest common rate where it follows a source', () => {
    const rate = (num: number, den: number) =>
      frameRate(preset('source'), videoStream({ averageFrameRate: { num, den } }))
    assert.deepEqual(rate(24_000, 1001), { num: 24_000, den: 1001 })
    assert.deepEqual(rate(2983, 100), { num: 30_000, den: 1001 })
    assert.deepEqual(rate(240, 1), { num: 60, den: 1 })
    assert.deepEqual(rate(10, 1), { num: 24_000, den: 1001 })
  })
})
