import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ERRORS } from '@tus/server'
import { refusalOf } from './tus-refusals.ts'

const said = (thrown: { status_code: number; body: string }) => {
  const refusal = refusalOf(thrown.status_code, thrown.body, thrown)
  return refusal && [refusal.status, refusal.error.code, refusal.error.message]
}

test('a request that asks for what is not offered, or waits for another one, is told as a failure of the server', () => {
  const [status, code, sentence] = said(ERRORS.UNSUPPORTED_CREATION_DEFER_LENGTH_EXTENSION) ?? []
  assert.deepEqual([status, code], [400, 'request-invalid'])
  assert.equal(sentence, 'creation-defer-length extension is not (yet) supported.')
  assert.deepEqual(said(ERRORS.ERR_LOCK_TIMEOUT)?.slice(0, 2), [409, 'conflict'])
})

test('a mistake of the protocol is told with another status than its own, or a failure as a mistake', () => {
  assert.deepEqual(said(ERRORS.INVALID_OFFSET), [409, 'conflict', 'Upload-Offset conflict.'])
  assert.deepEqual(said(ERRORS.MISSING_OFFSET), [403, 'request-invalid', 'Upload-Offset header required.'])
  assert.deepEqual(said(ERRORS.FILE_NO_LONGER_EXISTS)?.slice(0, 2), [410, 'not-found'])
  assert.equal(said(ERRORS.FILE_WRITE_ERROR), null)
})
