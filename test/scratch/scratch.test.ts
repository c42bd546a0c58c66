import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { CutroomError } from '@cutroom/contracts'
import { createScratch, type ScratchOptions } from '../../apps/server/src/scratch/scratch.ts'
import { sweep } from '../../apps/server/src/scratch/sweep.ts'
import { folderBytes } from '../../apps/server/src/scratch/tree.ts'
import { startChild, temporaryFolder } from '../support/children.ts'
import { smallDisk } from '../support/small-disk.ts'

const RACER = fileURLToPath(import.meta.resolve('./child-racer.ts'))
const HOLDER = fileURLToPath(import.meta.resolve('./child-holder.ts'))

const attemptIn = (dataDir: string): ScratchOptions => ({
  dataDir,
  profileId: randomUUID(),
  jobId: randomUUID(),
  attempt: 1,
})

const coded = (code: string) => (error: unknown) => error instanceof CutroomError && error.code === code

test('scratch lies where the design says, open to its owner alone, and is gone after its block', async () => {
  await using data = await temporaryFolder()
  const options = attemptIn(data.path)
  const folder = path.join(data.path, 'temp', options.profileId, `${options.jobId}.1`)
  {
    await using scratch = await createScratch(options)
    assert.equal(path.dirname(scratch.path), folder)
    for (const place of [path.dirname(folder), folder, scratch.path, await scratch.folder('parts')]) {
      assert.equal((await stat(place)).mode & 0o777, 0o700, place)
    }
    await writeFile(scratch.file('a.bin'), Buffer.alloc(1000))
    await writeFile(path.join(await scratch.folder('parts'), 'b.bin'), Buffer.alloc(234))
    assert.equal(await folderBytes(scratch.path), 1234)
  }
  assert.deepEqual(await readdir(path.dirname(folder)), [])
})

test('removing twice, or after the folder was deleted by hand, does no harm', async () => {
  await using data = await temporaryFolder()
  const scratch = await createScratch(attemptIn(data.path))
  await Promise.all([scratch.remove(), scratch.remove()])
  await scratch.remove()
  assert.equal(await folderBytes(scratch.path), 0)
})

test('ids and names that are not plain never become paths', async () => {
  await using data = await temporaryFolder()
  const good = attemptIn(data.path)
  const wrong: Partial<ScratchOptions>[] = [
    { profileId: '../other' },
    { profileId: good.profileId.toUpperCase() },
    { profileId: `${good.profileId}/..` },
    { jobId: '' },
    { jobId: `${good.jobId}\n` },
    { attempt: 0 },
    { attempt: 1.5 },
    { attempt: Number.NaN },
  ]
  for (const change of wrong) {
    await assert.rejects(
      createScratch({ ...good, ...change }),
      coded('field-invalid'),
      JSON.stringify(change),
    )
  }
  assert.deepEqual(await readdir(data.path), [])
  await using scratch = await createScratch(good)
  for (const name of [
    '',
    '.',
    '..',
    '../x',
    'a/b',
    'a\\b',
    '.hidden',
    '-i',
    'a b',
    'a\0b',
    'é',
    'a\n',
    'x'.repeat(101),
  ]) {
    assert.throws(() => scratch.file(name), coded('field-invalid'), JSON.stringify(name))
    await assert.rejects(scratch.folder(name), coded('field-invalid'), JSON.stringify(name))
  }
})

test('an attempt has one scratch folder: of two processes that make it at once, one gets it', async () => {
  await using data = await temporaryFolder()
  const begin = Date.now() + 2000
  const jobs = Array.from({ length: 20 }, (_, index) => ({ jobId: randomUUID(), atMs: begin + index * 40 }))
  const order = { dataDir: data.path, profileId: randomUUID(), jobs }
  await using first = startChild(RACER, order)
  await using second = startChild(RACER, order)
  const [ones, others] = (await Promise.all([first.line(), second.line()])).map((line) => JSON.parse(line))
  for (const index of jobs.keys()) {
    assert.deepEqual([ones[index], others[index]].sort(), ['scratch-conflict', 'won'], `round ${index}`)
  }
  const left = await readdir(path.join(data.path, 'temp', order.profileId))
  assert.deepEqual(left.sort(), jobs.map(({ jobId }) => `${jobId}.1`).sort())
})

test('a symbolic link in place of a profile or an attempt is refused, and what it points at stays empty', async () => {
  await using data = await temporaryFolder()
  await using precious = await temporaryFolder()
  const options = attemptIn(data.path)
  const profile = path.join(data.path, 'temp', options.profileId)
  await mkdir(path.dirname(profile))
  await symlink(precious.path, profile)
  await assert.rejects(createScratch(options), coded('scratch-conflict'))
  const other = attemptIn(data.path)
  await mkdir(path.join(data.path, 'temp', other.profileId))
  await symlink(precious.path, path.join(data.path, 'temp', other.profileId, `${other.jobId}.1`))
  await assert.rejects(createScratch(other), coded('scratch-conflict'))
  assert.deepEqual(await readdir(precious.path), [])
})

test('the folder of all scratch may itself be a link to another disk', async () => {
  await using data = await temporaryFolder()
  await using disk = await temporaryFolder()
  await symlink(disk.path, path.join(data.path, 'temp'))
  const options = attemptIn(data.path)
  await using scratch = await createScratch(options)
  assert.equal(
    scratch.path,
    path.join(await realpath(disk.path), options.profileId, `${options.jobId}.1`, 'files'),
  )
})

test('deleting scratch deletes the links in it and leaves alone what they point at', async () => {
  await using data = await temporaryFolder()
  await using precious = await temporaryFolder()
  await writeFile(path.join(precious.path, 'source.mp4'), 'footage')
  const options = { ...attemptIn(data.path), leaseSeconds: 0.01 }
  const plant = async (folder: string): Promise<void> => {
    await symlink(precious.path, path.join(folder, 'inputs'))
    await symlink(path.join(precious.path, 'source.mp4'), path.join(folder, 'source.mp4'))
  }
  {
    await using scratch = await createScratch({ ...options, attempt: 1 })
    await plant(scratch.path)
  }
  assert.equal(await readFile(path.join(precious.path, 'source.mp4'), 'utf8'), 'footage')

  await using holder = startChild(HOLDER, { ...options, attempt: 2, mood: 'idle' })
  const files = await holder.line()
  await plant(files)
  await holder.end('SIGKILL')
  const sizeBytes = options.jobId.length
  assert.deepEqual(
    await sweep({ dataDir: data.path, profileId: options.profileId, nowMs: Date.now() + 1000 }),
    {
      removed: [{ path: path.dirname(files), sizeBytes }],
      kept: [],
      bytesFreed: sizeBytes,
    },
  )
  assert.equal(await readFile(path.join(precious.path, 'source.mp4'), 'utf8'), 'footage')
})

test('a profile folder that may not be entered is reported', async (t) => {
  if (process.getuid?.() === 0) return t.skip('root may enter every folder')
  await using data = await temporaryFolder()
  const profileId = randomUUID()
  const closed = path.join(data.path, 'temp', profileId)
  await mkdir(closed, { recursive: true })
  await chmod(closed, 0)
  const { kept } = await sweep({ dataDir: data.path, profileId })
  assert.deepEqual(kept, [{ path: closed, why: 'no-permission' }])
  await chmod(closed, 0o700)
  assert.ok((await lstat(closed)).isDirectory())
})

test('a full disk is told as such, and a later attempt finds no trace of it', async (t) => {
  await using data = await temporaryFolder()
  using disk = await smallDisk(path.join(data.path, 'small'), 64)
  if (disk === null) return t.skip('this user may not mount a small disk')
  const options = attemptIn(disk.path)
  await disk.fill()
  await assert.rejects(createScratch(options), coded('disk-full'))
  await unlink(path.join(disk.path, 'filling'))
  await using _ = await createScratch(options)
  assert.deepEqual(await readdir(path.join(disk.path, 'temp', options.profileId)), [`${options.jobId}.1`])
})
