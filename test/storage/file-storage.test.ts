import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile, stat, symlink, truncate, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CutroomError } from '@cutroom/contracts'
import { createScratch } from '../../apps/server/src/scratch/scratch.ts'
import { sweep } from '../../apps/server/src/scratch/sweep.ts'
import { fileStorage } from '../../apps/server/src/storage/file-storage.ts'
import type { EntryKey, LocalStorage } from '../../apps/server/src/storage/storage.ts'
import { startChild, temporaryFolder } from '../support/children.ts'
import { smallDisk } from '../support/small-disk.ts'

const PUBLISHER = fileURLToPath(import.meta.resolve('./child-publisher.ts'))

const newKey = (profileId: string = randomUUID()): EntryKey => ({
  profileId,
  kind: 'export',
  hash: randomBytes(32).toString('hex'),
})
const coded = (code: string) => (error: unknown) => error instanceof CutroomError && error.code === code
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')

/** Storage and one scratch folder in a data folder of their own. */
async function workshop(key: EntryKey) {
  const data = await temporaryFolder()
  const storage = fileStorage(path.join(data.path, 'storage'))
  const scratch = await createScratch({
    dataDir: data.path,
    profileId: key.profileId,
    jobId: randomUUID(),
    attempt: 1,
  })
  const make = async (name: string, content: string): Promise<string> => {
    await writeFile(scratch.file(name), content)
    return scratch.file(name)
  }
  const dispose = async (): Promise<void> => {
    await scratch.remove()
    await data[Symbol.asyncDispose]()
  }
  return { data, storage, scratch, make, [Symbol.asyncDispose]: dispose }
}

/** What lies in the staging folder of a profile. */
const stagingOf = (root: string, profileId: string): Promise<string[]> =>
  readdir(path.join(root, profileId, '.staging')).catch(() => [])

test('an entry comes back as it was published, and its files have left scratch', async () => {
  const key = newKey()
  await using shop = await workshop(key)
  assert.equal(await shop.storage.find(key), null)
  const meta = { seconds: 1.5, note: 'ș' }
  const files = { 'a.mp4': await shop.make('out.mp4', 'picture'), 'b.json': await shop.make('b.json', '{}') }
  const published = await shop.storage.publish(key, { files, meta })
  const expected = {
    key,
    files: {
      'a.mp4': { sizeBytes: 7, sha256: sha256('picture') },
      'b.json': { sizeBytes: 2, sha256: sha256('{}') },
    },
    meta,
  }
  assert.deepEqual(published, expected)
  assert.deepEqual(await shop.storage.find(key), expected)
  assert.equal(await readFile(shop.storage.localPath(key, 'a.mp4'), 'utf8'), 'picture')
  assert.deepEqual(await readdir(shop.scratch.path), [])
  assert.deepEqual(await stagingOf(path.join(shop.data.path, 'storage'), key.profileId), [])
})

test('a file is read whole or in part, and a wrong part is refused', async () => {
  const key = newKey()
  await using shop = await workshop(key)
  await shop.storage.publish(key, { files: { 'a.txt': await shop.make('a.txt', '0123456789') }, meta: null })
  const read = async (range?: { start: number; end: number }) =>
    (await buffer(await shop.storage.read(key, 'a.txt', range))).toString()
  assert.equal(await read(), '0123456789')
  assert.equal(await read({ start: 2, end: 5 }), '234')
  assert.equal(await read({ start: 9, end: 10 }), '9')
  assert.equal(await read({ start: 10, end: 10 }), '')
  for (const range of [
    { start: 0, end: 11 },
    { start: 5, end: 4 },
    { start: -1, end: 4 },
    { start: 0.5, end: 4 },
  ]) {
    await assert.rejects(read(range), coded('field-invalid'), JSON.stringify(range))
  }
  await assert.rejects(shop.storage.read(key, 'b.txt'), coded('file-missing'))
  await assert.rejects(shop.storage.read(newKey(key.profileId), 'a.txt'), coded('file-missing'))
})

test('entries are listed and removed by profile and kind, and nothing else goes with them', async () => {
  const profileId = randomUUID()
  const keys = [newKey(profileId), newKey(profileId)].sort((a, b) => (a.hash < b.hash ? -1 : 1))
  const [first, second] = keys
  assert.ok(first !== undefined && second !== undefined)
  await using shop = await workshop(first)
  assert.deepEqual(await shop.storage.list(profileId, 'export'), [])
  for (const key of keys) {
    await shop.storage.publish(key, { files: { 'a.txt': await shop.make('a.txt', 'a') }, meta: null })
  }
  assert.deepEqual(await shop.storage.list(profileId, 'export'), keys)
  assert.deepEqual(await shop.storage.list(profileId, 'preview'), [])
  assert.deepEqual(await shop.storage.list(randomUUID(), 'export'), [])
  assert.notEqual(await shop.storage.removeUnused(first, Number.POSITIVE_INFINITY), null)
  assert.equal(await shop.storage.removeUnused(first, Number.POSITIVE_INFINITY), null)
  assert.deepEqual(await shop.storage.list(profileId, 'export'), [second])
})

test('two profiles never share an entry, even of the same recipe', async () => {
  const mine = newKey()
  const yours = { ...mine, profileId: randomUUID() }
  await using shop = await workshop(mine)
  await shop.storage.publish(mine, { files: { 'a.txt': await shop.make('a.txt', 'mine') }, meta: null })
  assert.equal(await shop.storage.find(yours), null)
  assert.notEqual(shop.storage.localPath(mine, 'a.txt'), shop.storage.localPath(yours, 'a.txt'))
})

test('keys and names that are not plain never become paths', async () => {
  const key = newKey()
  await using shop = await workshop(key)
  const wrong: Partial<Record<keyof EntryKey, string>>[] = [
    { profileId: '..' },
    { hash: 'a' },
    { hash: key.hash.toUpperCase() },
    { hash: `../${key.hash.slice(3)}` },
    { kind: '../export' },
  ]
  for (const change of wrong) {
    const bad = { ...key, ...change } as EntryKey
    await assert.rejects(shop.storage.find(bad), coded('field-invalid'), JSON.stringify(change))
  }
  for (const name of ['../a', '.hidden', 'manifest.json', 'a/b', '']) {
    const files = { [name]: await shop.make('a.txt', 'a') }
    await assert.rejects(shop.storage.publish(key, { files, meta: null }), coded('field-invalid'), name)
  }
  await assert.rejects(shop.storage.publish(key, { files: {}, meta: null }), coded('field-invalid'))
  assert.equal(await shop.storage.find(key), null)
})

test('a link in scratch does not bring a stranger’s file into storage', async () => {
  const key = newKey()
  await using shop = await workshop(key)
  await using outside = await temporaryFolder()
  const secret = path.join(outside.path, 'secret.txt')
  await writeFile(secret, 'secret')
  await symlink(secret, shop.scratch.file('out.mp4'))
  await symlink(outside.path, shop.scratch.file('parts'))
  const ways = [
    shop.scratch.file('out.mp4'),
    path.join(shop.scratch.path, 'parts', 'secret.txt'),
    shop.scratch.path,
  ]
  for (const source of ways) {
    await assert.rejects(
      shop.storage.publish(key, { files: { 'out.mp4': source }, meta: null }),
      coded('field-invalid'),
      source,
    )
  }
  const absent = { files: { 'out.mp4': shop.scratch.file('absent.mp4') }, meta: null }
  await assert.rejects(shop.storage.publish(key, absent), coded('file-missing'))
  assert.equal(await readFile(secret, 'utf8'), 'secret')
  assert.equal(await shop.storage.find(key), null)
})

test('the first of two publications stays, and a damaged one is replaced', async () => {
  const key = newKey()
  await using shop = await workshop(key)
  const publish = async (content: string) =>
    shop.storage.publish(key, { files: { 'a.txt': await shop.make('a.txt', content) }, meta: content })
  assert.equal((await publish('first')).meta, 'first')
  assert.equal((await publish('other')).meta, 'first')
  const file = shop.storage.localPath(key, 'a.txt')
  const damages: (() => Promise<void>)[] = [
    () => truncate(file, 2),
    () => unlink(file),
    () => writeFile(path.join(path.dirname(file), 'manifest.json'), '{"version":1'),
    () => unlink(path.join(path.dirname(file), 'manifest.json')),
  ]
  for (const [index, damage] of damages.entries()) {
    await damage()
    assert.equal(await shop.storage.find(key), null, `damage ${index} is served`)
    await assert.rejects(shop.storage.read(key, 'a.txt'), coded('file-missing'))
    assert.equal((await publish(`mended ${index}`)).meta, `mended ${index}`)
    assert.equal(await readFile(file, 'utf8'), `mended ${index}`)
  }
  assert.deepEqual(await stagingOf(path.join(shop.data.path, 'storage'), key.profileId), [])
})

/** Fails unless an entry is absent, or whole and all of one publisher. */
async function assertWhole(storage: LocalStorage, key: EntryKey): Promise<boolean> {
  const entry = await storage.find(key)
  if (entry === null) return false
  for (const [name, { sha256: hash }] of Object.entries(entry.files)) {
    const bytes = await readFile(storage.localPath(key, name))
    assert.equal(sha256(bytes), hash)
    assert.equal(bytes[0], String(entry.meta).charCodeAt(0), 'files of two publishers in one entry')
  }
  return true
}

test('two processes that publish the same keys both end with one of the two, whole at every moment', async () => {
  const profileId = randomUUID()
  const keys = Array.from({ length: 15 }, () => newKey(profileId))
  await using data = await temporaryFolder()
  const root = path.join(data.path, 'storage')
  const storage = fileStorage(root)
  const hashes = keys.map(({ hash }) => hash)
  const order = { dataDir: data.path, root, profileId, attempt: 1, hashes, sizeBytes: 300_000 }
  await using first = startChild(PUBLISHER, { ...order, jobId: randomUUID(), letter: 'a' })
  await using second = startChild(PUBLISHER, { ...order, jobId: randomUUID(), letter: 'b' })
  await Promise.all([first.line(), second.line()])
  const letters = Promise.all([first.line(), second.line()])
  const ended = letters.then(() => true)
  while (!(await Promise.race([ended, sleep(1, false)]))) {
    for (const key of keys) await assertWhole(storage, key)
  }
  const [one, other] = (await letters).map((line) => JSON.parse(line))
  assert.deepEqual(one, other, 'both must be told of the entry that stays')
  for (const key of keys) assert.ok(await assertWhole(storage, key))
  await Promise.all([first.ended, second.ended])
  assert.deepEqual(await stagingOf(root, profileId), [])
})

test('publishers killed at any instant leave whole entries or none, and their staging is collected', async () => {
  const profileId = randomUUID()
  await using data = await temporaryFolder()
  const root = path.join(data.path, 'storage')
  const storage = fileStorage(root)
  let leftovers = 0
  for (let round = 0; round < 3; round += 1) {
    const children = ['a', 'b', 'c'].map((letter) => {
      const hashes = Array.from({ length: 200 }, () => newKey(profileId).hash)
      const attempt = { dataDir: data.path, profileId, jobId: randomUUID(), attempt: 1, leaseSeconds: 0.01 }
      return startChild(PUBLISHER, { ...attempt, root, hashes, letter, sizeBytes: 100_000 })
    })
    await Promise.all(
      children.map(async (child) => {
        await child.line()
        await sleep(20 + Math.random() * 80)
        await child.end('SIGKILL')
      }),
    )
    leftovers += (await stagingOf(root, profileId)).length
    assert.equal(
      await storage.collect(profileId),
      0,
      'while their scratch is there, publishers count as living',
    )
    await sweep({ dataDir: data.path, profileId, nowMs: Date.now() + 1000 })
    await storage.collect(profileId)
    assert.deepEqual(await stagingOf(root, profileId), [])
  }
  const listed = await storage.list(profileId, 'export')
  for (const key of listed) assert.ok(await assertWhole(storage, key), 'a half entry lies in storage')
  assert.ok(
    listed.length > 0 && leftovers > 0,
    `${listed.length} entries, ${leftovers} leftovers: nothing was put to the test`,
  )
})

test('scratch on another disk than storage makes no difference', async (t) => {
  const key = newKey()
  await using shop = await workshop(key)
  const other = '/dev/shm'
  const device = await stat(other).then(
    (found) => found.dev,
    () => null,
  )
  if (device === null || device === (await stat(shop.data.path)).dev)
    return t.skip('there is no second file system')
  await using elsewhere = await temporaryFolder(other)
  const storage = fileStorage(path.join(elsewhere.path, 'storage'))
  const files = { 'a.txt': await shop.make('a.txt', 'across') }
  await storage.publish(key, { files, meta: null })
  assert.equal(await readFile(storage.localPath(key, 'a.txt'), 'utf8'), 'across')
  assert.deepEqual(await stagingOf(path.join(elsewhere.path, 'storage'), key.profileId), [])
})

test('a full disk is told as such, and leaves nothing half published', async (t) => {
  const key = newKey()
  await using shop = await workshop(key)
  using disk = await smallDisk(path.join(shop.data.path, 'small'), 256)
  if (disk === null) return t.skip('this user may not mount a small disk')
  const root = path.join(disk.path, 'storage')
  const storage = fileStorage(root)
  const small = await shop.make('small.txt', 'fits')
  const big = await shop.make('big.txt', 'x'.repeat(500_000))
  const both = { files: { 'small.txt': small, 'big.txt': big }, meta: null }
  await assert.rejects(storage.publish(key, both), coded('disk-full'))
  assert.equal(await storage.find(key), null)
  assert.deepEqual(await stagingOf(root, key.profileId), [])
  await storage.publish(key, { files: { 'small.txt': await shop.make('small.txt', 'fits') }, meta: null })
})
