import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inspectIsobmff, type ReadAt } from './isobmff.ts'

const box = (type: string, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const header = Buffer.alloc(8)
  header.writeUInt32BE(body.length + 8)
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, body])
}
const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4)
  })
  return bytes
}
const movie = (reference: Buffer): Buffer =>
  box(
    'moov',
    box('mvhd'),
    box('trak', box('mdia', box('minf', box('dinf', box('dref', words(0, 1), reference))))),
  )
const inspect = (file: Buffer) => {
  const read: ReadAt = async (offset, length) => file.subarray(offset, offset + length)
  return inspectIsobmff(read, file.length)
}
const ftyp = box('ftyp', Buffer.from('isom'))

test('a track whose data is in the file is its own', async () => {
  const file = Buffer.concat([ftyp, box('mdat'), movie(box('url ', words(1)))])
  assert.deepEqual(await inspect(file), { hasIndex: true, pointsElsewhere: false })
})

test('a track whose data is at an address points elsewhere', async () => {
  const file = Buffer.concat([ftyp, movie(box('url ', words(0), Buffer.from('http://127.0.0.1/\0')))])
  assert.deepEqual(await inspect(file), { hasIndex: true, pointsElsewhere: true })
})

test('a QuickTime reference movie points elsewhere', async () => {
  const file = Buffer.concat([ftyp, box('moov', box('rmra', box('rmda')))])
  assert.deepEqual(await inspect(file), { hasIndex: true, pointsElsewhere: true })
})

test('a file without moov has no index', async () => {
  assert.deepEqual(await inspect(Buffer.concat([ftyp, box('mdat', words(1, 2, 3))])), {
    hasIndex: false,
    pointsElsewhere: false,
  })
})

test('a moov that goes on behind the end of the file is no index', async () => {
  const file = Buffer.concat([ftyp, movie(box('url ', words(1)))])
  assert.equal((await inspect(file.subarray(0, file.length - 4))).hasIndex, false)
})

test('a box with a 64-bit size is passed over', async () => {
  const large = Buffer.concat([words(1), Buffer.from('mdat'), words(0, 20), words(7)])
  const file = Buffer.concat([ftyp, large, movie(box('url ', words(1)))])
  assert.equal((await inspect(file)).hasIndex, true)
})

test('any bytes are walked to an end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
      await inspect(Buffer.concat([ftyp, Buffer.from(noise)]))
    }),
  )
})
