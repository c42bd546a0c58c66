import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { temporaryFolder } from '../support/children.ts'
import { testDatabase } from '../support/postgres.ts'

const tables = async (connection: pg.ClientConfig): Promise<string[]> => {
  const client = new pg.Client(connection)
  await client.connect()
  const { rows } = await client.query("select tablename from pg_tables where schemaname = 'public'")
  await client.end()
  return rows.map(({ tablename }) => tablename)
}

test('each test has a database of its own with the whole schema', async (t) => {
  const [one, other] = await Promise.all([testDatabase(t), testDatabase(t)])
  const client = new pg.Client(one)
  await client.connect()
  await client.query('create table only_here ()')
  await client.end()
  assert.ok((await tables(one)).includes('only_here'))
  const found = await tables(other)
  assert.ok(found.includes('profiles'), found.join(' '))
  assert.ok(!found.includes('only_here'))
})

test('a test file that leaves a connection open fails and names it', async () => {
  await using folder = await temporaryFolder()
  const file = path.join(folder.path, 'leak.test.ts')
  const support = path.resolve(import.meta.dirname, '../support/postgres.ts')
  await writeFile(
    file,
    `import { test } from 'node:test'
     import { testDatabase } from '${support}'
     import pg from '${import.meta.resolve('pg')}'
     const connection = await testDatabase()
     test('leaks', async () => {
       const client = new pg.Client({ ...connection, application_name: 'leaky' })
       client.on('error', () => {})
       await client.connect()
       await client.query('select 41 + 1')
     })`,
  )
  // node:test marks its children, and would not run tests inside of them.
  const command = ['-u', 'NODE_TEST_CONTEXT', process.execPath, '--test', file]
  const { status, stdout } = spawnSync('env', command, { encoding: 'utf8' })
  assert.equal(status, 1)
  assert.match(stdout, /Connections were left open:\s+leaky, idle, last query: select 41 \+ 1/)
})
