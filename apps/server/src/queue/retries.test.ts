import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ERRORS, type ErrorCode } from '@cutroom/contracts'
import { mayPass } from './retries.ts'

test('what was wrong with the request or the file is not tried again', () => {
  const codes = Object.keys(ERRORS) as ErrorCode[]
  for (const code of codes.filter((each) => ERRORS[each].status < 500 && each !== 'scratch-conflict')) {
    assert.equal(mayPass(code, 1), false, code)
  }
})

test('a tool that failed is tried once more, a voice that is down several times, and neither for ever', () => {
  assert.deepEqual([mayPass('tool-failed', 1), mayPass('tool-failed', 2)], [true, false])
  assert.deepEqual([mayPass('speech-failed', 5), mayPass('speech-failed', 6)], [true, false])
})
