import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { extremes, rowsOf, rulerLabel, rulerStep, scrollToKeep, zoomed, zoomLimits } from './scale.ts'

describe('zoom', () => {
  it('goes from the whole source to single frames', () => {
    const limits = zoomLimits(1000, 3600, 25)
    assert.deepEqual(limits, { least: 1000 / 3600, most: 600 })
    assert.equal(zoomed(1, 0.01, limits), 1000 / 3600)
    assert.equal(zoomed(500, 2, limits), 600)
  })

  it('leaves a time at its place', () => {
    assert.equal(scrollToKeep(10, 100, 50), 400)
    assert.equal(scrollToKeep(1, 100, 50), 0)
  })
})

describe('ruler', () => {
  it('has as many labels as there is room for', () => {
    assert.equal(rulerStep(1000 / 3600), 300)
    assert.equal(rulerStep(100), 1)
    assert.equal(rulerStep(600), 0.2)
  })

  it('reads like a clock', () => {
    assert.equal(rulerLabel(0, 1), '0:00')
    assert.equal(rulerLabel(75, 5), '1:15')
    assert.equal(rulerLabel(3725, 5), '1:02:05')
    assert.equal(rulerLabel(0.1 + 0.2, 0.1), '0:00.3')
  })
})

describe('extremes', () => {
  it('is the largest under each pixel', () => {
    const view = { first: 0, perSecond: 1, widthPx: 10 }
    assert.deepEqual(extremes([1, 5, 2, 3, 9, 0], 0.5, view), [5, 3, 9])
  })

  it('lasts through the pixels of a sample', () => {
    const view = { first: 0.1, perSecond: 20, widthPx: 4 }
    assert.deepEqual(extremes([1, 2, 3, 4], 0.1, view), [2, 2, 3, 3])
  })
})

describe('rowsOf', () => {
  it('puts ranges that overlap below each other', () => {
    const ranges = [
      { start: 5, end: 8 },
      { start: 0, end: 6 },
      { start: 6, end: 7 },
      { start: 8, end: 9 },
    ]
    assert.deepEqual(rowsOf(ranges), [1, 0, 0, 0])
  })
})
