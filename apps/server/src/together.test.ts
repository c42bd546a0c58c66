import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { allFinished, together } from './together.ts'

/** Work that goes on until it is stopped, and then takes a moment to end. */
async function untilStopped(signal: AbortSignal, ended: () => void): Promise<never> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
  await new Promise((resolve) => setImmediate(resolve))
  ended()
  throw new Error('stopped')
}

describe('works that run together', () => {
  it('are all over when one has failed', async () => {
    const stop = new AbortController()
    let ended = false
    const other = untilStopped(stop.signal, () => {
      ended = true
    })
    await assert.rejects(together(stop, [Promise.reject(new Error('broken')), other]), /broken/)
    assert.ok(ended, 'the other work still ran')
  })

  it('fail with what failed first, also where the works within a work take longer to end', async () => {
    const stop = new AbortController()
    const inner = together(stop, [
      Promise.reject(new Error('broken')),
      untilStopped(stop.signal, () => undefined),
    ])
    const quick = new Promise((_, reject) =>
      stop.signal.addEventListener('abort', () => reject(new Error('stopped'))),
    )
    await assert.rejects(together(stop, [quick, inner]), /broken/)
  })

  it('are all finished where they are independent', async () => {
    let finished = false
    const slow = new Promise((resolve) => setImmediate(resolve)).then(() => {
      finished = true
    })
    await assert.rejects(allFinished([Promise.reject(new Error('broken')), slow]), /broken/)
    assert.ok(finished)
  })
})
