import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CutroomError, ERRORS, type ErrorCode } from '@cutroom/contracts'
import { mayPass } from './retries.ts'

const failed = (code: ErrorCode, details = {}) => new CutroomError(code, 'It failed.', { details })

test('what was wrong with the request or the file is not tried again', () => {
  const codes = Object.keys(ERRORS) as ErrorCode[]
  for (const code of codes.filter((each) => ERRORS[each].status < 500 && each !== 'scratch-conflict')) {
    assert.equal(mayPass(failed(code), 1), false, code)
  }
})

test('a tool that failed is tried once more, a voice that is down several times, and neither for ever', () => {
  const again = (code: ErrorCode, tries: number) => mayPass(failed(code), tries)
  assert.deepEqual([again('tool-failed', 1), again('tool-failed', 2)], [true, false])
  assert.deepEqual([again('speech-failed', 5), again('speech-failed', 6)], [true, false])
})

test('a voice that says whether it would refuse the same again is believed', () => {
  const again = (retryable: boolean) => mayPass(failed('speech-failed', { retryable }), 1)
  assert.deepEqual([again(true), again(false)], [true, false])
})
