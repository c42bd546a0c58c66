import assert from 'node:assert/strict'
import { test } from 'node:test'
import { featuresOf } from './features-fixture.ts'
import { likeness, shownBy } from './like.ts'
import { look, segmentOf } from './segments.ts'

const footage = look(
  featuresOf([
    { seconds: 10 },
    { seconds: 10 },
    { seconds: 10, motion: 0.0015 },
    { seconds: 10, brightness: 0.05 },
  ]),
  0,
)
const segment = (startMs: number) => segmentOf(footage, startMs, startMs + 2000)

test('shots of the clip do not come first, or what looks like it not next', () => {
  const shown = shownBy([{ sourceId: 'a', start: 1, end: 4 }], [footage], ['a'])
  assert.deepEqual([shown[0]?.startMs, shown[0]?.endMs, shown[0]?.shot], [1000, 4000, 0])
  const likenesses = [7000, 12_000, 22_000, 32_000].map((at) =>
    Number(likeness(segment(at), shown).toFixed(6)),
  )
  assert.deepEqual(likenesses, [1, 0.5, 0.25, 0.25])
})

test('footage that the clip does not show counts as like it', () => {
  const shown = shownBy([{ sourceId: 'b', start: 1, end: 4 }], [footage], ['a'])
  assert.deepEqual(shown, [])
  assert.equal(likeness(segment(0), shown), 0)
})
