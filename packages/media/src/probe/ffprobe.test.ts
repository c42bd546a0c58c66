import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { packetReader } from './ffprobe.ts'

const LINES =
  '0.000000,0.033333,K__\n0.100000,0.033333,___\n0.066667,N/A,___\nN/A,0.033333,___\n0.200000,0.1,_D_\n'

test('the end is that of the last picture that is shown, in whatever order packets come', () => {
  const reader = packetReader(0.04)
  reader.push(LINES)
  assert.deepEqual(reader.summary(), { count: 5, endSeconds: 0.133333 })
})

test('a packet without a duration lasts one frame', () => {
  const reader = packetReader(0.04)
  reader.push('1.000000,N/A,K__')
  assert.deepEqual(reader.summary(), { count: 1, endSeconds: 1.04 })
})

test('nothing shown has no end', () => {
  assert.deepEqual(packetReader(0.04).summary(), { count: 0, endSeconds: null })
})

test('chunks may be cut anywhere', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (size) => {
      const reader = packetReader(0.04)
      for (let at = 0; at < LINES.length; at += size) reader.push(LINES.slice(at, at + size))
      assert.deepEqual(reader.summary(), { count: 5, endSeconds: 0.133333 })
    }),
  )
})
