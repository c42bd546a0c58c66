import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InfiniteQueryObserver, notifyManager, QueryClient } from '@tanstack/react-query'
import type { Clip } from '../../data/clips.ts'
import { pagesQuery } from '../../data/pages.ts'
import { createPicks, type Wishes } from './picks.ts'

/** Three clips at a server whose answers come when they are asked to, and what a page shows of their picks. */
function openPage() {
  const queries = new QueryClient()
  const server = new Set<string>()
  const reads: (() => void)[] = []
  const sends: ((error?: Error) => void)[] = []
  const failures: unknown[] = []
  /** What the page showed, one state after another: ids of the picked clips. */
  const shown: string[] = []
  let told: readonly Clip[] = []
  let ahead: Wishes = new Map()

  const look = () => {
    const picked = told.filter((clip) => (ahead.get(clip.id) ?? clip).selected).map(({ id }) => id)
    if (shown.at(-1) !== picked.join()) shown.push(picked.join())
  }
  const read = () => {
    // As it is when it is asked for, however late it comes.
    const items = ['a', 'b', 'c'].map((id) => ({ id, selected: server.has(id) }) as Clip)
    const { promise, resolve } = Promise.withResolvers<{ items: Clip[]; nextCursor: null }>()
    reads.push(() => resolve({ items, nextCursor: null }))
    return promise
  }
  const list = pagesQuery<Clip>(['clips', { projectId: 'p' }], read)
  const observer = new InfiniteQueryObserver(queries, list)
  // A page is told of lists as React is: in a task of its own.
  observer.subscribe(
    notifyManager.batchCalls(() => {
      told = observer.getCurrentResult().data ?? []
      look()
    }),
  )
  const pick = createPicks({
    queries,
    async send(ids, selected) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      sends.push((error) => {
        if (error !== undefined) return reject(error)
        for (const id of ids) selected ? server.add(id) : server.delete(id)
        resolve()
      })
      await promise
    },
    onAhead(wishes) {
      ahead = wishes
      look()
    },
    onFailed: (error) => failures.push(error),
  })
  return {
    ...{ pick, server, reads, sends, shown, failures },
    reread: () => void queries.invalidateQueries({ queryKey: ['clips'] }),
    ahead: () => ahead,
  }
}

/** Until everything that is known by now has been told. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
}

test('a pick that the server has is not shown for a moment as if it had none', async () => {
  const page = openPage()
  page.reads.shift()?.()
  await settled()
  page.pick(['a'], true)
  page.pick(['b'], true)
  page.sends.shift()?.()
  await settled()
  page.sends.shift()?.()
  await settled()
  assert.deepEqual(page.shown, ['', 'a', 'a,b'])
  assert.equal(page.ahead().size, 0, 'the list tells of them')
})

test('an answer that left before the picks and comes after them takes none back', async () => {
  const page = openPage()
  page.reads.shift()?.()
  await settled()
  page.reread()
  page.pick(['a'], true)
  page.pick(['b'], true)
  page.sends.shift()?.()
  await settled()
  page.sends.shift()?.()
  await settled()
  assert.deepEqual([...page.ahead().keys()], ['a', 'b'], 'they are shown ahead of the answer')
  page.reads.shift()?.()
  await settled()
  assert.deepEqual(page.shown, ['', 'a', 'a,b'])
  assert.equal(page.ahead().size, 0)
})

test('of a pick and its opposite the last one stands, whichever is answered', async () => {
  const page = openPage()
  page.reads.shift()?.()
  await settled()
  page.pick(['a', 'c'], true)
  page.pick(['a'], false)
  page.sends.shift()?.()
  await settled()
  page.sends.shift()?.()
  await settled()
  assert.deepEqual(page.shown, ['', 'a,c', 'c'])
  assert.deepEqual([...page.server], ['c'])
})

test('what the server refuses is taken back, with what was to follow', async () => {
  const page = openPage()
  page.reads.shift()?.()
  await settled()
  page.pick(['a'], true)
  page.pick(['b'], true)
  const refusal = new Error('refused')
  page.sends.shift()?.(refusal)
  await settled()
  assert.deepEqual(page.shown.at(-1), '')
  assert.deepEqual(page.failures, [refusal])
  assert.equal(page.sends.length, 0)
})
