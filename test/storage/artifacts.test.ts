import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { CutroomError } from '@cutroom/contracts'
import { createScratch } from '../../apps/server/src/scratch/scratch.ts'
import { artifactStore } from '../../apps/server/src/storage/artifacts.ts'
import { fileStorage } from '../../apps/server/src/storage/file-storage.ts'
import { temporaryFolder } from '../support/children.ts'

/** An artifact store and a maker that counts how often it made something. */
async function workshop() {
  const data = await temporaryFolder()
  const profileId = randomUUID()
  const scratch = await createScratch({ dataDir: data.path, profileId, jobId: randomUUID(), attempt: 1 })
  const counter = { made: 0 }
  const make = async (content = 'made') => {
    counter.made += 1
    const file = scratch.file(`out-${counter.made}.txt`)
    await writeFile(file, content)
    return { files: { 'out.txt': file }, meta: { content } }
  }
  const dispose = async (): Promise<void> => {
    await scratch.remove()
    await data[Symbol.asyncDispose]()
  }
  const store = artifactStore(fileStorage(path.join(data.path, 'storage')))
  return { store, profileId, make, counter, [Symbol.asyncDispose]: dispose }
}

const cancelled = new CutroomError('cancelled', 'The work was cancelled.')

test('a recipe is made once, then found; another recipe or profile is made anew', async () => {
  await using shop = await workshop()
  const { store, profileId, make } = shop
  const first = await store.ensure(profileId, 'voiceover', { text: 'hello', rate: 1 }, make)
  assert.equal(first.made, true)
  assert.deepEqual(first.meta, { content: 'made' })
  assert.equal(await readFile(first.path('out.txt'), 'utf8'), 'made')
  assert.throws(() => first.path('other.txt'), { code: 'file-missing' })
  const second = await store.ensure(profileId, 'voiceover', { rate: 1, text: 'hello' }, make)
  assert.deepEqual({ ...second, path: null }, { ...first, path: null, made: false })
  assert.equal(shop.counter.made, 1)
  await store.ensure(profileId, 'voiceover', { text: 'hello', rate: 2 }, make)
  await store.ensure(profileId, 'speech-phrase', { text: 'hello', rate: 1 }, make)
  await store.ensure(randomUUID(), 'voiceover', { text: 'hello', rate: 1 }, make)
  assert.equal(shop.counter.made, 4)
})

test('ten callers of one recipe at once have it made once', async () => {
  await using shop = await workshop()
  const results = await Promise.all(
    Array.from({ length: 10 }, () => shop.store.ensure(shop.profileId, 'export', { clip: 1 }, shop.make)),
  )
  assert.equal(shop.counter.made, 1)
  assert.deepEqual(results.map(({ made }) => made).sort(), [...Array(9).fill(false), true])
})

test('callers of different recipes do not wait for each other', async () => {
  await using shop = await workshop()
  const gate = Promise.withResolvers<void>()
  const slow = shop.store.ensure(shop.profileId, 'export', 'slow', async () => {
    await gate.promise
    return shop.make()
  })
  assert.equal((await shop.store.ensure(shop.profileId, 'export', 'quick', () => shop.make())).made, true)
  gate.resolve()
  assert.equal((await slow).made, true)
})

test('a maker that fails or is cancelled fails alone: the next in line makes it', async () => {
  await using shop = await workshop()
  const gate = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const failing = shop.store.ensure(shop.profileId, 'export', 'clip', async () => {
    begun.resolve()
    await gate.promise
    throw cancelled
  })
  await begun.promise
  const waiting = [1, 2, 3].map(() => shop.store.ensure(shop.profileId, 'export', 'clip', () => shop.make()))
  gate.resolve()
  await assert.rejects(failing, cancelled)
  const results = await Promise.all(waiting)
  assert.deepEqual(results.map(({ made }) => made).sort(), [false, false, true])
  assert.equal(shop.counter.made, 1)
})

test('who is cancelled while waiting leaves at once, and the maker goes on', async () => {
  await using shop = await workshop()
  const gate = Promise.withResolvers<void>()
  const maker = shop.store.ensure(shop.profileId, 'export', 'clip', async () => {
    await gate.promise
    return shop.make()
  })
  const stop = new AbortController()
  const waiter = shop.store.ensure(shop.profileId, 'export', 'clip', () => shop.make(), stop.signal)
  stop.abort()
  await assert.rejects(waiter, { code: 'cancelled' })
  await assert.rejects(
    shop.store.ensure(shop.profileId, 'export', 'clip', () => shop.make(), stop.signal),
    { code: 'cancelled' },
  )
  gate.resolve()
  assert.equal((await maker).made, true)
  assert.equal(shop.counter.made, 1)
})

test('a damaged artifact is never served but made again', async () => {
  await using shop = await workshop()
  const ensure = () => shop.store.ensure(shop.profileId, 'ingest', 'source', () => shop.make())
  const first = await ensure()
  await truncate(first.path('out.txt'), 1)
  const again = await ensure()
  assert.equal(again.made, true)
  assert.equal(await readFile(again.path('out.txt'), 'utf8'), 'made')
  assert.equal((await ensure()).made, false)
})
