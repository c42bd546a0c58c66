import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assScript, ellipse, group, type Layer, polygon, rectangle, still } from './drawing.ts'

const frame = { width: 200, height: 100, rate: 30, count: 3 }
const events = (layers: Layer[]): string[] =>
  assScript(frame, layers, null)
    .split('\n')
    .filter((line) => line.startsWith('Dialogue:'))

test('a shape that stays is one event over the whole scene, placed by its middle', () => {
  assert.deepEqual(events([still(rectangle(10, 20, 40, 30), '#ff8000')]), [
    'Dialogue: 0,0:00:00.00,0:00:00.10,Shape,{\\pos(30,35)\\1c&H0080ff&\\p1}m 0 0 l 40 0 l 40 30 l 0 30',
  ])
})

test('a shape that moves has an event for each frame, without a gap between them', () => {
  const layer: Layer = { shape: rectangle(0, 0, 2, 2), colour: '#000000', at: (t) => ({ x: 30 * t, y: 0 }) }
  const times = events([layer]).map((line) => line.split(',').slice(1, 3))
  assert.deepEqual(times, [
    ['0:00:00.00', '0:00:00.03'],
    ['0:00:00.03', '0:00:00.06'],
    ['0:00:00.06', '0:00:00.10'],
  ])
})

test('a shape that is out of sight has no event', () => {
  assert.deepEqual(events([{ shape: ellipse(4), colour: '#000000', at: () => null }]), [])
})

test('a turn goes clockwise around the origin of the shape, and opacity becomes its opposite', () => {
  const at = () => ({ x: 100, y: 50, turn: 30, scale: 2, opacity: 0 })
  const [event = ''] = events([{ shape: rectangle(0, 0, 10, 10), colour: '#123456', blur: 3, at }])
  assert.match(
    event,
    /\{\\pos\(110,60\)\\org\(100,50\)\\frz-30\\fscx200\\fscy200\\blur3\\alpha&Hff&\\1c&H563412&\\p1\}/,
  )
})

test('polygons of a group share one bounding box', () => {
  const shape = group([
    [
      [-10, 0],
      [0, 0],
      [0, 10],
    ],
    [
      [20, 20],
      [30, 20],
      [30, 30],
    ],
  ])
  assert.deepEqual(shape.middle, [10, 15])
  assert.equal(shape.path, 'm 0 0 l 10 0 l 10 10 m 30 20 l 40 20 l 40 30')
  assert.equal(polygon([[5, 5]]).path, 'm 0 0')
})
