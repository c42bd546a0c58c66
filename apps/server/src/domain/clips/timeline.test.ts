import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError, type MediaProbe } from '@cutroom/contracts'
import { checkCuts, type ShownSource } from './timeline.ts'

const source = (more: Partial<ShownSource> = {}): ShownSource => ({
  id: 'a',
  name: 'beach.mp4',
  state: 'ready',
  probe: { durationSeconds: 700, video: {} } as MediaProbe,
  ...more,
})
const cut = (start: number, end: number) => ({ sourceId: 'a', start, end })

function refusal(cuts: Parameters<typeof checkCuts>[0], shown = source()): string {
  try {
    checkCuts(cuts, new Map([[shown.id, shown]]))
    return 'none'
  } catch (error) {
    assert.ok(error instanceof CutroomError)
    return `${error.code} ${error.field}: ${error.message}`
  }
}

test('a timeline that can be shown is refused', () => {
  assert.equal(refusal([cut(0, 0.5)]), 'none')
  assert.equal(refusal([cut(0, 600)]), 'none')
  assert.equal(refusal([cut(100, 700.001)]), 'none')
  assert.equal(refusal([cut(0, 0.1), cut(699.5, 700)]), 'none')
})

test('a bad timeline passes, or field, value and limit go unnamed', () => {
  assert.equal(
    refusal([cut(0, 1), cut(699, 700.1)]),
    'field-invalid cuts.1.end: Cut 2 ends at 700.1 s; its source lasts 700 s.',
  )
  assert.equal(
    refusal([cut(0, 1), cut(5, 5.09)]),
    'field-invalid cuts.1.end: Cut 2 lasts 0.09 s; a cut lasts 0.1 s at least.',
  )
  assert.equal(
    refusal([cut(0, 0.4)]),
    'field-invalid cuts: The cuts last 0.4 s together; a clip lasts 0.5 to 600 s.',
  )
  assert.equal(
    refusal([cut(0, 599), cut(1, 3)]),
    'field-invalid cuts: The cuts last 601 s together; a clip lasts 0.5 to 600 s.',
  )
  assert.equal(
    refusal([{ ...cut(0, 1), sourceId: 'b' }]),
    'not-found cuts.0.sourceId: There is no such source.',
  )
})

test('a source that is not ready, or without pictures, is shown', () => {
  assert.equal(
    refusal([cut(0, 1)], source({ state: 'ingesting' })),
    'conflict cuts.0.sourceId: The source "beach.mp4" is not ready: it is ingesting.',
  )
  assert.equal(
    refusal([cut(0, 1)], source({ probe: { durationSeconds: 9, video: null } as MediaProbe })),
    'media-no-video cuts.0.sourceId: The source "beach.mp4" holds no moving picture.',
  )
})
