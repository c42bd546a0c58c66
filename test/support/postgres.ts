import { randomUUID } from 'node:crypto'
import { after, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { migrate } from '../../apps/server/src/db/migrate.ts'
import { shared, type TestCluster } from './shared.ts'

/** A database of a test file's own, with the schema of this version and no rows. */
export interface TestDatabase extends TestCluster {
  readonly database: string
}

/** Every database of a run is a copy of this one. */
const TEMPLATE = 'migrated'
/** Held while the template is made; an arbitrary constant. */
const MAKING = 7_203_418_002
/** A connection that was closed needs a moment to go. */
const CLOSING_MS = 2000

/**
 * Makes a database and removes it at the end of the test or, without one, of the file. Connections that are still open by then make it fail.
 */
export async function testDatabase(t?: TestContext): Promise<TestDatabase> {
  const { postgres: facts } = await shared()
  const database = `test_${randomUUID()}`
  await asOwner(facts, async (client) => {
    await ensureTemplate(client, facts)
    await client.query(`create database "${database}" template ${TEMPLATE} strategy file_copy`)
  })
  const drop = () => asOwner(facts, (client) => dropDatabase(client, database))
  if (t === undefined) after(drop)
  else t.after(drop)
  return { ...facts, database }
}

/** The address of a database, for programs. */
export const databaseUrl = ({ host, port, user, database }: TestDatabase): string =>
  `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`

/** Files run side by side: the first makes the template, others wait for it. */
async function ensureTemplate(client: pg.Client, facts: TestCluster): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [MAKING])
  const { rowCount } = await client.query('select from pg_database where datname = $1', [TEMPLATE])
  if (rowCount === 0) {
    // A test that was ended while it made the template leaves a part of it.
    await client.query('drop database if exists migrating with (force)')
    await client.query('create database migrating')
    await migrate({ ...facts, database: 'migrating' })
    await client.query(`alter database migrating rename to ${TEMPLATE}`)
  }
  await client.query('select pg_advisory_unlock($1)', [MAKING])
}

async function dropDatabase(client: pg.Client, database: string): Promise<void> {
  const deadline = Date.now() + CLOSING_MS
  let open = await openConnections(client, database)
  while (open.length > 0 && Date.now() < deadline) {
    await sleep(20)
    open = await openConnections(client, database)
  }
  await client.query(`drop database "${database}" with (force)`)
  if (open.length === 0) return
  throw new Error(`Connections were left open:\n${open.join('\n')}`)
}

async function openConnections(client: pg.Client, database: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; state: string; query: string }>(
    `select application_name as name, state, query from pg_stat_activity
     where datname = $1 and backend_type = 'client backend'`,
    [database],
  )
  return rows.map(({ name, state, query }) => `  ${name || 'unnamed'}, ${state}, last query: ${query}`)
}

async function asOwner<T>(facts: TestCluster, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...facts, database: 'postgres' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
