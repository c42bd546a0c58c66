import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { placesOfMachine } from './places.ts'
import { createSlots } from './slots.ts'

const never = new AbortController().signal

/** Lets everything run that can. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Work that is noted when it starts and ends when told to. */
function worker(started: string[]) {
  const ends = new Map<string, () => void>()
  return {
    work: (name: string) => () => {
      started.push(name)
      const { promise, resolve } = Promise.withResolvers<void>()
      ends.set(name, resolve)
      return promise
    },
    end: (name: string) => ends.get(name)?.(),
  }
}

describe('slots', () => {
  it('go round between profiles, and within one in the order of asking', async () => {
    const slots = createSlots(1)
    const started: string[] = []
    const asked = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']
    await Promise.all(
      asked.map((name) => slots.run(name.slice(0, 1), never, async () => void started.push(name))),
    )
    assert.deepEqual(started, ['a1', 'b1', 'c1', 'a2', 'b2', 'a3'])
  })

  it('never run more at once than there are', async () => {
    const slots = createSlots(2)
    const started: string[] = []
    const { work, end } = worker(started)
    const runs = ['1', '2', '3'].map((name) => slots.run('a', never, work(name)))
    await turn()
    assert.deepEqual(started, ['1', '2'])
    end('1')
    await runs[0]
    await turn()
    assert.deepEqual(started, ['1', '2', '3'])
    for (const name of ['2', '3']) end(name)
    await Promise.all(runs)
  })

  it('a cancelled wait ends at once and leaves the queue', async () => {
    const slots = createSlots(1)
    const started: string[] = []
    const { work, end } = worker(started)
    const first = slots.run('a', never, work('first'))
    const stop = new AbortController()
    const given = slots.run('a', stop.signal, work('given up'))
    const last = slots.run('a', never, work('last'))
    stop.abort()
    await assert.rejects(given, { code: 'cancelled' })
    end('first')
    await first
    await turn()
    end('last')
    await last
    assert.deepEqual(started, ['first', 'last'])
    await assert.rejects(slots.run('a', stop.signal, work('late')), { code: 'cancelled' })
  })

  it('are shared with other processes of the machine, in turn', async (t) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cutroom-places-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const slotsOfProcess = () => createSlots(2, placesOfMachine(folder, 1))
    const [busy, quiet] = [slotsOfProcess(), slotsOfProcess()]
    const started: string[] = []
    let running = 0
    const work = (name: string) => async () => {
      started.push(name)
      running += 1
      assert.equal(running, 1, 'two had the one place')
      await sleep(200)
      running -= 1
    }
    const many = ['1', '2', '3', '4', '5'].map((name) => busy.run('a', never, work(name)))
    await sleep(50)
    await quiet.run('b', never, work('other'))
    assert.ok(started.indexOf('other') <= 2, `those of the busy one went before it: ${started}`)
    await Promise.all(many)
    assert.equal(started.length, 6)
  })

  it('work that fails gives its place back', async () => {
    const slots = createSlots(1)
    await assert.rejects(
      slots.run('a', never, () => Promise.reject(new Error('broken'))),
      /broken/,
    )
    assert.equal(await slots.run('a', never, async () => 'next'), 'next')
  })
})
