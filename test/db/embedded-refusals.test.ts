import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, chown, cp, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { ErrorCode } from '@cutroom/contracts'
import { openDataFolder } from '../../apps/server/src/data-folder.ts'
import { openEmbedded } from '../../apps/server/src/db/embedded/embedded.ts'
import { databaseFailure } from '../../apps/server/src/db/embedded/failure.ts'
import { openHome } from '../../apps/server/src/db/embedded/home.ts'
import { withMutex } from '../../apps/server/src/db/embedded/mutex.ts'
import { findDistribution, preparePrograms } from '../../apps/server/src/db/embedded/programs.ts'
import { temporaryFolder } from '../support/children.ts'
import { smallDisk } from '../support/small-disk.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
before(async () => {
  folder = await temporaryFolder()
})
after(() => folder[Symbol.asyncDispose]())

/** A data folder that holds the given files. */
async function dataFolder(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const dataDir = path.join(folder.path, name)
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(dataDir, file)), { recursive: true })
    await writeFile(path.join(dataDir, file), text)
  }
  return dataDir
}

const refusals: readonly {
  readonly what: string
  readonly files: Readonly<Record<string, string>>
  readonly code: ErrorCode
  readonly says: RegExp
}[] = [
  {
    what: 'a data folder of a newer format',
    files: { 'cutroom.json': '{"format":2,"new":true}' },
    code: 'data-folder-newer',
    says: /has format 2;.* up to 1\./,
  },
  {
    what: 'a database of a newer PostgreSQL, even beside one of ours',
    files: { 'postgres/18/PG_VERSION': '18\n', 'postgres/19/PG_VERSION': '19\n' },
    code: 'data-folder-newer',
    says: /made by PostgreSQL 19; .* PostgreSQL 18\./,
  },
  {
    what: 'a database of an older PostgreSQL only',
    files: { 'postgres/17/PG_VERSION': '17\n' },
    code: 'data-folder-older',
    says: /made by PostgreSQL 17; .* PostgreSQL 18, which cannot read it\./,
  },
  {
    what: 'a database that has lost its files',
    files: { 'postgres/18/base/1/1': '' },
    code: 'database-damaged',
    says: /holds no database of PostgreSQL 18\./,
  },
  {
    what: 'a database whose version file is of something else',
    files: { 'postgres/18/PG_VERSION': 'hello' },
    code: 'database-damaged',
    says: /holds no database/,
  },
  {
    what: 'a database that lacks what PostgreSQL needs to start',
    files: { 'postgres/18/PG_VERSION': '18\n' },
    code: 'database-unavailable',
    says: /^Starting the database failed: .*(permissions|configuration)/,
  },
]

for (const [index, { what, files, code, says }] of refusals.entries()) {
  test(`${what} is refused`, async () => {
    const dataDir = await dataFolder(`refused-${index}`, files)
    await assert.rejects(openEmbedded({ dataDir }), { code, message: says })
  })
}

test('a data folder gets its note once, and a damaged note is not written over', async () => {
  const dataDir = await dataFolder('noted', {})
  await Promise.all([openDataFolder(dataDir), openDataFolder(dataDir)])
  assert.deepEqual(await readdir(dataDir), ['cutroom.json'])
  await writeFile(path.join(dataDir, 'cutroom.json'), '{"form')
  await assert.rejects(openDataFolder(dataDir), { code: 'internal', message: /cutroom\.json is damaged/ })
})

test('a platform without an embedded PostgreSQL is told of the other way', async () => {
  await assert.rejects(findDistribution('amiga-m68k'), {
    code: 'database-unavailable',
    remedy: /npm ci.*DATABASE_URL/,
  })
})

test('a full disk is told as such, and leaves nothing that counts as a database', async (t) => {
  using disk = await smallDisk(path.join(folder.path, 'small'), 12_000)
  if (disk === null) return t.skip('this user may not mount a file system')
  await assert.rejects(openEmbedded({ dataDir: disk.path }), { code: 'disk-full' })
  const names = await readdir(path.join(disk.path, 'postgres'))
  assert.deepEqual(
    names.filter((name) => /^(\d|new-)/.test(name)),
    [],
  )
})

test('programs in a folder that their user cannot enter are copied to where it can', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root gives PostgreSQL another user')
  const dataDir = await dataFolder('programs', {})
  await openDataFolder(dataDir)
  const home = await openHome(dataDir)
  const hidden = path.join(folder.path, 'hidden')
  await mkdir(hidden, { mode: 0o700 })
  const distribution = await findDistribution()
  await cp(distribution.folder, path.join(hidden, 'native'), { recursive: true })
  for (let time = 0; time < 2; time++) {
    const programs = await preparePrograms(home, { ...distribution, folder: path.join(hidden, 'native') })
    assert.equal(
      path.dirname(path.dirname(programs.postgres)),
      path.join(home.path, `programs-${distribution.version}`),
    )
    const options = { env: programs.environment, cwd: '/', encoding: 'utf8', ...home.account } as const
    assert.match(execFileSync(programs.postgres, ['--version'], options), /PostgreSQL\) 18/)
    assert.match(execFileSync(programs.initdb, ['--version'], options), /PostgreSQL\) 18/)
  }
  assert.equal((await stat(hidden)).mode & 0o777, 0o700)
})

test('a user without a name is told that PostgreSQL wants one', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root gives PostgreSQL another user')
  const dataDir = await dataFolder('nameless', { 'cutroom.json': '{"format":1}' })
  await chown(dataDir, 54_321, 54_321)
  await assert.rejects(openEmbedded({ dataDir }), { code: 'database-unavailable', message: /has a name/ })
})

test('a database in a folder that its user may not enter any more names that folder', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root gives PostgreSQL another user')
  const dataDir = await dataFolder('closed/data', { 'cutroom.json': '{"format":1}' })
  await openHome(dataDir)
  const closed = path.dirname(dataDir)
  await chmod(closed, 0o700)
  await assert.rejects(openEmbedded({ dataDir }), {
    code: 'database-unavailable',
    message: new RegExp(`may not enter ${closed}\\.$`),
  })
})

test('who waits too long for another process is told so', async () => {
  const file = path.join(folder.path, 'mutex')
  await withMutex(file, 0, async () => {
    await assert.rejects(
      withMutex(file, 50, async () => {}),
      { code: 'database-unavailable', message: /^Another process/ },
    )
  })
  assert.equal(await withMutex(file, 0, async () => 'free'), 'free')
})

test("PostgreSQL's last complaint is the reason of a failure", () => {
  const output = '2026-01-01 UTC [7] LOG:  starting\n2026-01-01 UTC [7] FATAL:  too bad.\nHINT: none\n'
  const failure = databaseFailure('Starting the database', output)
  assert.equal(failure.message, 'Starting the database failed: too bad.')
  assert.equal(databaseFailure('Making it', 'initdb: error: no\n').message, 'Making it failed: no.')
  assert.equal(databaseFailure('Making it', '').message, 'Making it failed: it gave no reason.')
})
