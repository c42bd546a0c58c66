import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { frameEnd, frameRateOf, frameStart, moveEdge, neighbour, nextSpeed, withMark } from './frames.ts'

const NTSC = 30_000 / 1001

describe('frameRateOf', () => {
  const rate = (num: number, den: number, variableFrameRate = false) =>
    frameRateOf({ averageFrameRate: { num, den }, realFrameRate: { num, den }, variableFrameRate })
  it('is halved until it is at most 30', () => {
    assert.equal(rate(24, 1), 24)
    assert.equal(rate(30_000, 1001), NTSC)
    assert.equal(rate(60, 1), 30)
    assert.equal(rate(120, 1), 30)
    assert.equal(rate(17, 1, true), 30)
  })
})

describe('frames', () => {
  it('are found again by the time that they begin at', () => {
    for (let frame = 0; frame < 300; frame++) {
      assert.equal(frameStart(frame / NTSC, NTSC, 10.01), frame / NTSC)
      assert.equal(frameEnd(frame / NTSC, NTSC, 100), (frame + 1) / NTSC)
    }
  })

  it('are counted within the source', () => {
    assert.equal(frameStart(0, 25, 2, -1), 0)
    assert.equal(frameStart(2, 25, 2, 10), 49 / 25)
    assert.equal(frameEnd(1.99, 25, 1.995), 1.995)
  })
})

describe('nextSpeed', () => {
  it('doubles, and begins anew the other way', () => {
    const pressed = [1, 1, 1, 1, 1, -1, -1, 1] as const
    let speed = 0
    const speeds = pressed.map((direction) => {
      speed = nextSpeed(speed, direction)
      return speed
    })
    assert.deepEqual(speeds, [1, 2, 4, 8, 8, -1, -2, 1])
  })
})

describe('neighbour', () => {
  it('is the next one before or behind', () => {
    assert.equal(neighbour([1, 2, 3], 2, 1), 3)
    assert.equal(neighbour([1, 2, 3], 2, -1), 1)
    assert.equal(neighbour([1, 2, 3], 3, 1), null)
    assert.equal(neighbour([], 3, -1), null)
  })
})

describe('withMark', () => {
  it('drops the mark that would lie on the wrong side', () => {
    const marks = withMark(withMark({ start: null, end: null }, 'start', 2), 'end', 5)
    assert.deepEqual(marks, { start: 2, end: 5 })
    assert.deepEqual(withMark(marks, 'start', 6), { start: 6, end: null })
    assert.deepEqual(withMark(marks, 'end', 1), { start: null, end: 1 })
  })
})

describe('moveEdge', () => {
  it('keeps a range within the source, and no shorter than may be', () => {
    const range = { start: 2, end: 4 }
    assert.deepEqual(moveEdge(range, 'start', -1, 10), { start: 0, end: 4 })
    assert.deepEqual(moveEdge(range, 'start', 5, 10), { start: 3.8, end: 4 })
    assert.deepEqual(moveEdge(range, 'end', 11, 10), { start: 2, end: 10 })
    assert.deepEqual(moveEdge(range, 'end', 0, 10), { start: 2, end: 2.2 })
  })
})
