import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { failuresFirst, SpeedMeter, sameFile, totalsOf, type Upload, type UploadState } from './uploads.ts'

const upload = (state: UploadState, sizeBytes: number, sentBytes: number): Upload => ({
  ...{ id: state, name: `${state}.mp4`, sizeBytes, sentBytes, state },
  ...{ problem: null, sourceId: null, reopens: false },
})

describe('totalsOf', () => {
  it('counts what moves, waits and ended', () => {
    const totals = totalsOf([
      upload('sending', 100, 40),
      upload('queued', 100, 0),
      upload('paused', 100, 10),
      upload('stopped', 50, 20),
      upload('done', 100, 100),
      upload('refused', 50, 50),
    ])
    assert.deepEqual(totals, {
      ...{ files: 6, ended: 2, moving: 2, waiting: 2, failed: 1 },
      ...{ fraction: 220 / 500, bytesLeft: 160 },
    })
  })

  it('takes files without bytes', () => {
    assert.equal(totalsOf([upload('queued', 0, 0)]).fraction, 0)
  })
})

describe('failuresFirst', () => {
  it('leaves the others in their order', () => {
    const uploads = (['done', 'refused', 'sending', 'failed'] as const).map((state) => upload(state, 1, 1))
    assert.deepEqual(
      failuresFirst(uploads).map(({ state }) => state),
      ['refused', 'failed', 'done', 'sending'],
    )
  })
})

describe('SpeedMeter', () => {
  it('says nothing before a second has passed', () => {
    const meter = new SpeedMeter()
    meter.add(500, 0)
    assert.equal(meter.speed(900), null)
  })

  it('is bytes per second of the last eight seconds', () => {
    const meter = new SpeedMeter()
    meter.add(1_000_000, 0)
    for (let second = 1; second <= 20; second++) meter.add(100, second * 1000)
    assert.equal(meter.speed(20_000), 100)
  })

  it('forgets after a pause', () => {
    const meter = new SpeedMeter()
    meter.add(100, 0)
    meter.add(100, 2000)
    assert.equal(meter.speed(2000), 50)
    assert.equal(meter.speed(20_000), null)
    meter.reset()
    assert.equal(meter.speed(2000), null)
  })
})

describe('sameFile', () => {
  const mark = { name: 'a.mp4', size: 10, lastModified: 5 }
  it('tells a file that was changed from its earlier self', () => {
    assert.equal(sameFile(mark, { ...mark }), true)
    assert.equal(sameFile(mark, { ...mark, lastModified: 6 }), false)
    assert.equal(sameFile(mark, { ...mark, size: 11 }), false)
  })
})
