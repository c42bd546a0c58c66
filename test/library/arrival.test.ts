import assert from 'node:assert/strict'
import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { it } from 'node:test'
import { identifyFile } from '../../apps/server/src/domain/hash-file.ts'
import { admitOnDisk } from '../../apps/server/src/domain/library/room.ts'
import { uploadFiles } from '../../apps/server/src/domain/library/upload-files.ts'
import { temporaryFolder } from '../support/children.ts'
import { smallDisk } from '../support/small-disk.ts'
import { sha256 } from './library.ts'

const key = { profileId: '11111111-1111-4111-8111-111111111111', id: '22222222-2222-4222-8222-222222222222' }

const chunks = async function* (...parts: string[]) {
  for (const part of parts) yield Buffer.from(part)
}

it('a file that changes after it was hashed is noticed', async () => {
  await using folder = await temporaryFolder()
  const file = path.join(folder.path, 'growing.mp4')
  await writeFile(file, 'one')
  const identity = await identifyFile(file, new AbortController().signal)
  assert.equal(identity.sha256, sha256(Buffer.from('one')))
  await identity.checkUnchanged()
  await appendFile(file, 'two')
  await assert.rejects(identity.checkUnchanged(), { code: 'conflict' })
})

it('bytes that arrive in parts have the hash of the whole, in one process and over several', async () => {
  await using folder = await temporaryFolder()
  const first = uploadFiles(folder.path)
  await first.create(key)
  assert.equal(await first.append(key, 0, chunks('ab', 'c')), 3)
  assert.equal(await first.append(key, 3, chunks('de')), 5)
  const second = uploadFiles(folder.path)
  assert.equal(await second.size(key), 5)
  assert.equal(await second.append(key, 5, chunks('f')), 6)
  assert.equal(await second.digest(key), sha256(Buffer.from('abcdef')))
  assert.deepEqual(await second.list(key.profileId), [key.id])
  await second.remove(key)
  assert.deepEqual(await second.list(key.profileId), [])
})

it('what was written before a sender broke off counts', async () => {
  await using folder = await temporaryFolder()
  const files = uploadFiles(folder.path)
  await files.create(key)
  const broken = async function* () {
    yield Buffer.from('abc')
    throw new Error('gone')
  }
  await assert.rejects(files.append(key, 0, broken()), { message: 'gone' })
  assert.equal(await files.size(key), 3)
  await files.append(key, 3, chunks('def'))
  assert.equal(await files.digest(key), sha256(Buffer.from('abcdef')))
})

it('an upload on a disk that fills up fails as disk-full, and is not begun on one that is nearly full', async (t) => {
  await using folder = await temporaryFolder()
  using disk = await smallDisk(path.join(folder.path, 'disk'), 256)
  if (disk === null) return t.skip('this user may not mount a file system')
  await assert.rejects(admitOnDisk(disk.path, 1000), { code: 'disk-full' })
  await mkdir(path.join(disk.path, 'uploads'))
  const files = uploadFiles(disk.path)
  await files.create(key)
  const big = async function* () {
    for (let sent = 0; sent < 64; sent++) yield Buffer.alloc(16 * 1024, sent)
  }
  await assert.rejects(files.append(key, 0, big()), { code: 'disk-full' })
})
