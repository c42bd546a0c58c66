import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DetailMeter, differenceHash, meanDifference, measureLight, measureStep } from './picture-measures.ts'

const SIZE = { width: 160, height: 90 }
/** A picture whose luma is a function of its place. */
const paint = (luma: (x: number, y: number) => number): Uint8Array =>
  Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, at) =>
    luma(at % SIZE.width, Math.floor(at / SIZE.width)),
  )
const plain = (luma: number) => paint(() => luma)
const step = (before: Uint8Array, after: Uint8Array) => {
  const out = { difference: new Float32Array(1), novelty: new Float32Array(1) }
  measureStep(before, after, out, 0)
  return { difference: out.difference[0] ?? 0, novelty: out.novelty[0] ?? 0 }
}
const stripes = paint((x) => ((x >> 4) & 1 ? 200 : 40))
const bars = paint((_, y) => ((y >> 4) & 1 ? 200 : 40))
const detail = (picture: Uint8Array, previous = picture) => new DetailMeter(SIZE).measure(picture, previous)

test('limited-range black is 0 and white is 1', () => {
  assert.deepEqual(measureLight(plain(16)), { brightness: 0, contrast: 0 })
  assert.deepEqual(measureLight(plain(235)), { brightness: 1, contrast: 0 })
})

test('half black, half white has a contrast of a half', () => {
  assert.deepEqual(measureLight(paint((x) => (x < 80 ? 16 : 235))), { brightness: 0.5, contrast: 0.5 })
})

describe('the step between two pictures', () => {
  test('the same picture is no step', () => {
    assert.deepEqual(step(stripes, stripes), { difference: 0, novelty: 0 })
  })
  test('another picture is new', () => {
    assert.ok(step(stripes, bars).novelty > 0.9)
  })
  test('black to a picture, and a picture to black, is new', () => {
    assert.ok(step(plain(16), stripes).novelty > 0.9)
    assert.ok(step(stripes, plain(16)).novelty > 0.9)
  })
  test('plain black to plain white is new, though neither has structure', () => {
    assert.ok(step(plain(16), plain(235)).novelty > 0.9)
  })
  test('noise on black is not new', () => {
    const noise = (seed: number) => paint((x, y) => 16 + ((x * 31 + y * 17 + seed) % 3 === 0 ? 1 : 0))
    assert.ok(step(noise(0), noise(1)).novelty < 0.1)
  })
  test('the difference is the mean over the span of luma', () => {
    assert.equal(meanDifference(plain(16), plain(235)), 1)
  })
})

describe('sharpness and focus', () => {
  test('a plain picture has no detail, and its focus is its middle', () => {
    assert.deepEqual(detail(plain(90)), { sharpness: 0, focusX: 0.5, focusY: 0.5 })
  })
  test('a fine pattern is sharper than the same pattern out of focus', () => {
    const fine = paint((x) => (x & 1 ? 200 : 40))
    const soft = paint((x) => 120 + 80 * Math.sin(x / 8))
    assert.ok(detail(fine).sharpness > 10 * detail(soft).sharpness)
  })
  test('the focus lies where the detail is', () => {
    const corner = paint((x, y) => (x >= 120 && y < 20 && (x & 1) === 0 ? 200 : 60))
    const { focusX, focusY } = detail(corner)
    assert.ok(focusX > 0.8 && focusY < 0.2, `${focusX} ${focusY}`)
  })
  test('what moves draws the eye from what stands', () => {
    const scene = (at: number) =>
      paint((x, y) => (x < 30 && (y & 3) === 0 ? 90 : x >= at && x < at + 12 && y > 30 && y < 60 ? 200 : 60))
    const { focusX } = detail(scene(132), scene(120))
    assert.ok(focusX > 0.75, `${focusX}`)
  })
})

describe('the difference hash', () => {
  const distance = (a: bigint, b: bigint): number => (a ^ b).toString(2).replaceAll('0', '').length
  const scene = (light: number) => paint((x, y) => 60 + light + 50 * Math.sin(x / 19) * Math.cos(y / 13))
  test('a ramp falling to the right sets every bit, a rising one none', () => {
    assert.equal(
      differenceHash(
        paint((x) => 235 - x),
        SIZE,
      ),
      2n ** 64n - 1n,
    )
    assert.equal(
      differenceHash(
        paint((x) => 16 + x),
        SIZE,
      ),
      0n,
    )
  })
  test('light does not change it', () => {
    assert.ok(distance(differenceHash(scene(0), SIZE), differenceHash(scene(40), SIZE)) <= 2)
  })
  test('another picture differs in many bits', () => {
    assert.ok(
      distance(
        differenceHash(scene(0), SIZE),
        differenceHash(
          paint((x, y) => (x * y) % 97),
          SIZE,
        ),
      ) > 15,
    )
  })
  test('bit 0 is the top left, bit 63 the bottom right', () => {
    assert.equal(
      differenceHash(
        paint((x, y) => (x < 17 && y < 11 ? 100 : 50)),
        SIZE,
      ),
      1n,
    )
    assert.equal(
      differenceHash(
        paint((x, y) => (x >= 142 && y >= 79 ? 50 : 100)),
        SIZE,
      ),
      1n << 63n,
    )
  })
})
