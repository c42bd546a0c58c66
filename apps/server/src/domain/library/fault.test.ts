import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError, problemOf } from '@cutroom/contracts'
import { faultOf } from './fault.ts'

test('what a file is refused for is its own fault, and that it cannot be read in time', () => {
  const broken = new CutroomError('media-broken', 'It was cut off.')
  assert.equal(faultOf(broken, 'a.mp4'), broken)
  assert.equal(faultOf(new CutroomError('file-empty', 'It is empty.'), 'a.mp4')?.code, 'file-empty')
  const late = faultOf(new CutroomError('tool-timeout', 'ffprobe took too long.'), 'a.mp4')
  assert.ok(late)
  const { status, code, detail } = problemOf(late)
  assert.deepEqual(
    [status, code, detail],
    [422, 'media-broken', '"a.mp4" could not be read to its end in time.'],
  )
})

test('what the machine lacks is no fault of the file', () => {
  for (const code of ['tool-missing', 'disk-full', 'cancelled'] as const)
    assert.equal(faultOf(new CutroomError(code, 'No.'), 'a.mp4'), null)
  assert.equal(faultOf(new TypeError('no'), 'a.mp4'), null)
})
