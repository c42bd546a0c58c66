import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { brokenOff } from './uploads-send.ts'

const answer = (status: number, body = '', retryAfter?: string) => ({
  getStatus: () => status,
  getBody: () => body,
  getHeader: () => retryAfter,
})

describe('brokenOff', () => {
  it('tells what passes from what is forgotten and what is refused', () => {
    const kinds = [409, 423, 429, 500, 503, 404, 410, 400, 413].map(
      (status) => brokenOff(answer(status)).kind,
    )
    assert.deepEqual(kinds, ['lost', 'lost', 'lost', 'lost', 'lost', 'gone', 'gone', 'refused', 'refused'])
  })

  it('keeps the words of the server, and how long it asked to wait', () => {
    const problem = { code: 'rate-limited', detail: 'Too many.', remedy: 'Wait.', status: 429 }
    const body = JSON.stringify({ ...problem, details: { retryAfterSeconds: 20 } })
    const { error, waitMs } = brokenOff(answer(429, body, '5'))
    assert.deepEqual([error.message, waitMs], ['Too many.', 20_000])
    assert.equal(brokenOff(answer(503, '', '7')).waitMs, 7000)
    assert.equal(brokenOff(answer(503, '', 'Sun, 29 Nov 2026 10:00:00 GMT')).waitMs, 0)
  })
})
