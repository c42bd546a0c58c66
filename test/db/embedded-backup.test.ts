import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, rename, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { restoredAt } from '../../apps/server/src/data-folder.ts'
import { backupDatabase, restoreDatabase } from '../../apps/server/src/db/embedded/backup.ts'
import { openEmbedded } from '../../apps/server/src/db/embedded/embedded.ts'
import { temporaryFolder } from '../support/children.ts'

const ROWS = 20_000

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let dataDir: string
let backup: string
before(async () => {
  folder = await temporaryFolder()
  dataDir = path.join(folder.path, 'data')
  backup = path.join(folder.path, 'backup.tar')
  const database = await openEmbedded({ dataDir })
  const client = new pg.Client(database.connection)
  await client.connect()
  await client.query(`create table rows as select n, md5(n::text) as text from generate_series(1, ${ROWS}) n`)
  await client.query('create sequence numbers; create role of_the_backup')
  await client.query("select nextval('numbers')")
  // A transaction that is under way is not part of it.
  await client.query('begin; delete from rows')
  await backupDatabase(database, backup)
  await client.end()
  await database.close()
})
after(() => folder[Symbol.asyncDispose]())

const contents = async (of: string) => {
  const database = await openEmbedded({ dataDir: of })
  const client = new pg.Client(database.connection)
  await client.connect()
  const { rows } = await client.query(
    `select count(*)::int, md5(string_agg(text, '' order by n)), nextval('numbers')::int as next,
            to_regrole('of_the_backup') is not null as role from rows`,
  )
  await client.end()
  await database.close()
  return rows[0]
}

test('a backup of a database in use holds its rows, sequences and roles; it restores into a new data folder', async () => {
  const fresh = path.join(folder.path, 'fresh')
  const { createdAt } = await restoreDatabase({ dataDir: fresh, file: backup })
  assert.ok(Math.abs(Date.now() - Date.parse(createdAt)) < 60_000)
  assert.ok(
    Date.now() - ((await restoredAt(fresh)) ?? 0) < 60_000,
    'files that the backup does not name could be collected',
  )
  assert.equal(await restoredAt(dataDir), null)
  const restored = await contents(fresh)
  assert.equal(restored.count, ROWS)
  assert.deepEqual(restored, await contents(dataDir))
  assert.deepEqual(
    (await readdir(folder.path)).filter((name) => name.startsWith('backup.tar')),
    ['backup.tar'],
    'a part of the backup was left beside it',
  )
})

test('a database is replaced only where that is said, and never while it runs', async () => {
  const used = path.join(folder.path, 'used')
  const database = await openEmbedded({ dataDir: used, settings: { fsync: 'off' } })
  await assert.rejects(restoreDatabase({ dataDir: used, file: backup, replace: true }), {
    code: 'data-folder-in-use',
  })
  const [signal, broken] = [AbortSignal.abort(), path.join(folder.path, 'broken.tar')]
  await assert.rejects(backupDatabase(database, broken, signal))
  await database.close()
  await assert.rejects(restoreDatabase({ dataDir: used, file: backup, replace: true, signal }))
  assert.deepEqual(
    (await readdir(folder.path)).filter((name) => name.startsWith('broken')),
    [],
    'a part of a backup that was broken off was left',
  )
  await assert.rejects(restoreDatabase({ dataDir: used, file: backup }), { code: 'database-not-empty' })
  await restoreDatabase({ dataDir: used, file: backup, replace: true })
  assert.equal((await contents(used)).count, ROWS)
  const names = await readdir(path.join(used, 'postgres'))
  assert.deepEqual(
    names.filter((name) => /^(\d|new-)/.test(name)),
    ['18'],
  )
})

test('a restore that was killed between taking the old database away and putting the new one there is undone', async () => {
  const cut = path.join(folder.path, 'cut')
  await restoreDatabase({ dataDir: cut, file: backup })
  await rename(path.join(cut, 'postgres', '18'), path.join(cut, 'postgres', '18.replaced'))
  await mkdir(path.join(cut, 'postgres', 'new-0'))
  assert.equal((await contents(cut)).count, ROWS)
})

const damages: Readonly<Record<string, (file: string) => Promise<void>>> = {
  'cut off': (file) => truncate(file, 1_000_000),
  empty: (file) => truncate(file, 0),
  'something else': (file) => writeFile(file, 'hello'),
  'changed in one byte of its contents': async (file) => {
    const bytes = await readFile(file)
    const middle = Math.floor(bytes.length / 2)
    bytes[middle] = (bytes[middle] ?? 0) ^ 1
    await writeFile(file, bytes)
  },
  'without its manifest': async (file) => {
    execFileSync('tar', ['--delete', '-f', file, 'manifest.json'])
  },
}
for (const [how, damage] of Object.entries(damages)) {
  test(`a backup that is ${how} is refused, and nothing is touched`, async () => {
    const file = path.join(folder.path, 'damaged.tar')
    await writeFile(file, await readFile(backup))
    await damage(file)
    await assert.rejects(restoreDatabase({ dataDir, file, replace: true }), { code: 'backup-damaged' })
    assert.deepEqual(
      (await readdir(path.join(dataDir, 'postgres'))).filter((name) => /^(\d|new-)/.test(name)),
      ['18'],
    )
  })
}

test('a backup of another PostgreSQL, and one that is missing, are refused', async () => {
  const parts = path.join(folder.path, 'parts')
  await mkdir(parts)
  execFileSync('tar', ['-xf', backup, '-C', parts])
  const manifest = JSON.parse(await readFile(path.join(parts, 'manifest.json'), 'utf8'))
  await writeFile(path.join(parts, 'manifest.json'), JSON.stringify({ ...manifest, postgresMajor: 17 }))
  const file = path.join(folder.path, 'older.tar')
  execFileSync('tar', ['-cf', file, '-C', parts, 'manifest.json', 'cluster.tar.gz'])
  const options = { dataDir, replace: true }
  await assert.rejects(restoreDatabase({ ...options, file }), {
    code: 'backup-unusable',
    message: /PostgreSQL 17/,
  })
  await assert.rejects(restoreDatabase({ ...options, file: `${file}.missing` }), { code: 'file-missing' })
})

test('a backup to where nothing can be written leaves nothing', async () => {
  const database = await openEmbedded({ dataDir })
  const file = path.join(folder.path, 'no', 'such', 'folder.tar')
  await assert.rejects(backupDatabase(database, file))
  await database.close()
})
