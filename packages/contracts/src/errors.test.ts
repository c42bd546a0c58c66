import assert from 'node:assert/strict'
import { it } from 'node:test'
import { CutroomError, toCutroomError } from './errors.ts'

it('what failed first is told, not what failed while tidying up after it', () => {
  const first = new CutroomError('media-broken', 'It is cut off.')
  const tidying = new SuppressedError(new Error('busy'), first)
  assert.equal(toCutroomError(new SuppressedError(new Error('busy too'), tidying)), first)
})
