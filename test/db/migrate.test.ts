import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CutroomError } from '@cutroom/contracts'
import pg from 'pg'
import { type ConnectionFacts, withOwner } from '../../apps/server/src/db/connection.ts'
import { openDatabase } from '../../apps/server/src/db/database.ts'
import { sql } from '../../apps/server/src/db/drizzle.ts'
import { backupDatabase, restoreDatabase } from '../../apps/server/src/db/embedded/backup.ts'
import { openEmbedded } from '../../apps/server/src/db/embedded/embedded.ts'
import { migrate } from '../../apps/server/src/db/migrate.ts'
import { openMigrated } from '../../apps/server/src/db/open.ts'
import { temporaryFolder } from '../support/children.ts'
import { testDatabase } from '../support/postgres.ts'

/** SHA-256 of every migration that studios may have run, by its name. */
const RELEASED: Readonly<Record<string, string>> = {
  '0000_studio': '282a4ed96c009d3c1f7d6937e858272e8ae9bcacb194087bf7cf0aa671bb2ec0',
  '0001_data_folder': '2714826489de9e9907bf98440c1894e6931a07845ebcc3a9d6e9333f12d8eb36',
  '0002_voiceover_seconds': 'f379454b1d0b3a11c1f66e0cac2738868abee9a41c8b7a1a3200677ff4bbf204',
}

/** A database without a schema. */
async function newDatabase(t: TestContext) {
  const facts = await testDatabase(t)
  const database = `empty_${randomUUID()}`
  const outside = (text: string) =>
    withOwner({ ...facts, database: 'postgres' }, (client) => client.query(text))
  await outside(`create database "${database}"`)
  t.after(() => outside(`drop database "${database}"`))
  return { ...facts, database }
}

test('a database that is up to date is opened while a transaction holds its tables', async (t) => {
  const facts = await testDatabase(t)
  const db = openDatabase(facts)
  try {
    await db.shared(async (tx) => {
      await tx.execute(sql`lock table jobs, events, clips in row exclusive mode`)
      const opened = migrate(facts).then(() => 'opened')
      const what = await Promise.race([opened, sleep(3000, 'it waits for the transaction')])
      assert.equal(what, 'opened')
    })
  } finally {
    await db.close()
  }
})

test('a migration that studios have run stays as it is, and a new one comes after it', async () => {
  const folder = path.join(import.meta.dirname, '../../apps/server/src/db/migrations')
  const journal = await readFile(path.join(folder, 'meta/_journal.json'), 'utf8')
  const entries: { tag: string; when: number }[] = JSON.parse(journal).entries
  for (const { tag } of entries) {
    const hash = createHash('sha256')
      .update(await readFile(path.join(folder, `${tag}.sql`)))
      .digest('hex')
    assert.equal(
      hash,
      RELEASED[tag],
      `${tag}.sql is not the one that studios have run, and would never be run again. Add a numbered migration instead: drizzle-kit generate. Its hash joins RELEASED.`,
    )
  }
  const times = entries.map(({ when }) => when)
  // The newest that a database has run decides which ones it still needs.
  assert.deepEqual(
    times,
    [...new Set(times)].toSorted((a, b) => a - b),
    'a migration is older than the one before it',
  )
})

test('whoever comes first makes the schema of a new database, and the others that come at once find it', async (t) => {
  const facts = await newDatabase(t)
  await Promise.all([migrate(facts), migrate(facts), migrate(facts)])
  const db = openDatabase(facts)
  assert.deepEqual((await db.shared((tx) => tx.execute(sql`select id from profiles`))).rows, [])
  await db.close()
  const run = await withOwner(facts, (client) => client.query('select from drizzle.__drizzle_migrations'))
  assert.equal(run.rowCount, Object.keys(RELEASED).length)
})

test('the schema of a newer version is refused, and stays as it is', async (t) => {
  const facts = await testDatabase(t)
  const newer = Date.UTC(2999, 0, 2)
  await withOwner(facts, (client) =>
    client.query(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${newer})`),
  )
  await assert.rejects(migrate(facts), {
    code: 'data-folder-newer',
    message: 'The database has the schema of 2999-01-02, which is newer than this version of Cutroom knows.',
  })
})

test('a table with a profile that has no policy stops the start', async (t) => {
  const facts = await testDatabase(t)
  await withOwner(facts, (client) => client.query('create table stray (profile_id uuid not null)'))
  await assert.rejects(migrate(facts), /The table stray has no policy\./)
})

test('processes with other data folders are kept from a database, those with a copy of its own are not', async (t) => {
  const facts = await testDatabase(t)
  await using root = await temporaryFolder()
  const folder = (name: string) => path.join(root.path, name)
  const open = (name: string) => openMigrated({ dataDir: folder(name), database: facts })
  // Whoever comes first, the others have the same folder.
  for (const { close } of await Promise.all([open('own'), open('own'), open('own')])) await close()
  const id = (await readFile(path.join(folder('own'), 'data-folder.id'), 'utf8')).trim()
  await assert.rejects(open('other'), (error: CutroomError) => {
    assert.equal(error.code, 'data-folder-other')
    assert.match(
      error.remedy,
      new RegExp(`has taken the place .* write ${id} into its file data-folder\\.id`),
    )
    return true
  })
  await writeFile(path.join(folder('other'), 'data-folder.id'), `${id}\n`)
  await (await open('other')).close()
  await writeFile(path.join(folder('other'), 'data-folder.id'), 'x')
  await assert.rejects(open('other'), { code: 'internal', message: /data-folder\.id is damaged/ })
})

test('a data folder that has its database is kept from others, also when that one is embedded, moves on purpose, or is restored', async (t) => {
  await using root = await temporaryFolder()
  const folder = (name: string) => path.join(root.path, name)
  const idOf = (name: string) => readFile(path.join(folder(name), 'data-folder.id'), 'utf8')
  const open = (name: string, database: ConnectionFacts | null) =>
    openMigrated({ dataDir: folder(name), database })
  const isRefused = (opening: Promise<unknown>, why: RegExp) =>
    assert.rejects(opening, { code: 'data-folder-other', message: why })
  const [first, second] = [await testDatabase(t), await testDatabase(t)]

  await (await open('elsewhere', first)).close()
  await isRefused(open('elsewhere', second), /belongs to a studio with another database/)
  await isRefused(open('elsewhere', null), /The database .* is not in it/)
  await (await open('elsewhere', first)).close()

  await (await open('own', null)).close()
  const id = await idOf('own')
  await isRefused(open('own', second), /has a database of its own/)
  const embedded = await openEmbedded({ dataDir: folder('own') })
  await backupDatabase(embedded, folder('backup'))
  await embedded.close()
  await rename(path.join(folder('own'), 'postgres'), folder('postgres'))
  await isRefused(open('own', second), /belongs to a studio with another database/)
  await withOwner(second, (client) =>
    client.query('insert into studio (data_folder) values ($1)', [id.trim()]),
  )
  await (await open('own', second)).close()

  // The backup of another studio takes the place of the database that was there.
  await (await open('other', null)).close()
  await restoreDatabase({ dataDir: folder('other'), file: folder('backup'), replace: true })
  await (await open('other', null)).close()
  assert.equal(await idOf('other'), id)
})

test('a user of the database who may not prepare it is told what a superuser has to do, and that is enough', async (t) => {
  const facts = await testDatabase(t)
  const user = `plain_${randomUUID()}`
  const asSuperuser = (text: string) => withOwner(facts, (client) => client.query(text))
  await asSuperuser(`create role "${user}" login`)
  const { database } = await newDatabase(t)
  const plain = { ...facts, user, database }
  // Roles outlive the database of a test.
  t.after(() =>
    withOwner({ ...facts, database: 'postgres' }, (client) => client.query(`drop role "${user}"`)),
  )
  let remedy = ''
  await assert.rejects(migrate(plain), (error: { code: string; remedy: string }) => {
    remedy = error.remedy
    return error.code === 'database-unavailable'
  })
  const [, ...statements] = remedy.split(/[:;]\s*/).filter((part) => part !== '')
  assert.equal(statements.length, 3, remedy)
  // The first makes the role, which other databases of this PostgreSQL have made already.
  for (const statement of statements.slice(1)) await asSuperuser(statement)
  await migrate(plain)
  const db = openDatabase(plain)
  const { rows } = await db.shared((tx) => tx.execute(sql`select current_user as role`))
  assert.deepEqual(rows, [{ role: 'cutroom_app' }])
  await db.close()
})

test('whatever options an address holds, the service works as the role that is bound', async (t) => {
  const { host, port, user, database } = await testDatabase(t)
  const place = `host=${encodeURIComponent(host)}&port=${port}`
  const options = encodeURIComponent(`-c role=${user}`)
  const connectionString = `postgres://${user}@/${database}?${place}&options=${options}`
  const direct = new pg.Client({ connectionString })
  await direct.connect()
  await direct.end()
  const db = openDatabase({ connectionString })
  const { rows } = await db.shared((tx) => tx.execute(sql`select current_user as role`))
  assert.deepEqual(rows, [{ role: 'cutroom_app' }])
  await db.close()
})
