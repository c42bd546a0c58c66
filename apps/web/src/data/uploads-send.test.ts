import assert from 'node:assert/strict'
import { after, before, describe, it, mock } from 'node:test'
import { type BrokenOff, brokenOff, sendFile } from './uploads-send.ts'

const answer = (status: number, body = '', retryAfter?: string) => ({
  getStatus: () => status,
  getBody: () => body,
  getHeader: () => retryAfter,
})

describe('sendFile', () => {
  before(() => mock.timers.enable({ apis: ['setTimeout'] }))
  after(() => mock.timers.reset())
  Object.assign(globalThis, { location: new URL('http://studio.test/') })

  /** Sends a file over a line that carries what the test says, and keeps why it broke off. */
  async function send() {
    const line = { carry: (_bytes: number) => {}, isOpen: false }
    class Upload {
      constructor(_file: File, { onProgress }: { onProgress: (bytes: number) => void }) {
        line.carry = onProgress
      }
      start = () => {
        line.isOpen = true
      }
      abort = () => {
        line.isOpen = false
      }
    }
    const ends: BrokenOff[] = []
    const to = { profileId: 'p', file: new File(['abc'], 'a.mp4'), uploadId: null }
    const told = { onBegun() {}, onProgress() {}, onSent() {}, onBroken: (end: BrokenOff) => ends.push(end) }
    const stop = sendFile({ ...to, ...told }, async () => ({ Upload, DetailedError: Error }) as never)
    await Promise.resolve()
    return { line, ends, stop }
  }

  it('takes a line that carries nothing for 30 seconds for lost, and counts anew with what it carries', async () => {
    const { line, ends } = await send()
    for (const bytes of [1, 2]) {
      mock.timers.tick(29_999)
      line.carry(bytes)
    }
    mock.timers.tick(29_999)
    assert.deepEqual([ends, line.isOpen], [[], true])
    mock.timers.tick(1)
    assert.deepEqual(
      [ends.map(({ kind, error }) => [kind, error.code]), line.isOpen],
      [[['lost', 'unreachable']], false],
    )
    mock.timers.tick(60_000)
    assert.equal(ends.length, 1)
  })

  it('breaks off nothing that was stopped', async () => {
    const { line, ends, stop } = await send()
    stop()
    mock.timers.tick(60_000)
    assert.deepEqual([ends, line.isOpen], [[], false])
  })

  it('says where the part of the studio that sends cannot be loaded', async () => {
    const end = await new Promise<BrokenOff>((onBroken) =>
      sendFile(
        {
          profileId: 'p',
          file: new File([], 'a.mp4'),
          uploadId: null,
          onBegun() {},
          onProgress() {},
          onSent() {},
          onBroken,
        },
        () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
      ),
    )
    assert.deepEqual([end.kind, end.error.code], ['unloaded', 'unloaded'])
  })
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
