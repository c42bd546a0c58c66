import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { withOwner } from '../../apps/server/src/db/connection.ts'
import { openDatabase } from '../../apps/server/src/db/database.ts'
import { sql } from '../../apps/server/src/db/drizzle.ts'
import { migrate } from '../../apps/server/src/db/migrate.ts'
import { testDatabase } from '../support/postgres.ts'

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

test('a user of the database who may not prepare it is told what a superuser has to do, and that is enough', async (t) => {
  const facts = await testDatabase(t)
  const user = `plain_${randomUUID()}`
  const asSuperuser = (text: string) => withOwner(facts, (client) => client.query(text))
  await asSuperuser(`create role "${user}" login`)
  const plain = { ...facts, user, database: `plain_${randomUUID()}` }
  const { database } = plain
  await asSuperuser(`create database "${database}"`)
  // Roles outlive the database of a test.
  t.after(() =>
    withOwner({ ...facts, database: 'postgres' }, async (client) => {
      await client.query(`drop database "${database}"`)
      await client.query(`drop role "${user}"`)
    }),
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
