import assert from 'node:assert/strict'
import { it } from 'node:test'
import { withOwner } from '../../apps/server/src/db/connection.ts'
import { sql } from '../../apps/server/src/db/drizzle.ts'
import { startService } from '../support/service.ts'
import { fillProfile } from './brand.ts'

/** They say which profiles somebody reaches, and are asked before a profile is chosen. */
const OF_NO_PROFILE = ['memberships', 'api_key_profiles']

const t = await startService()
await fillProfile(t, t.a)
const { db, facts } = t.service

const tables = await withOwner(facts, async (client) => {
  const { rows } = await client.query<{ name: string; forced: boolean; on: boolean }>(
    `select c.relname as name, c.relrowsecurity as on, c.relforcerowsecurity as forced
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' and exists (
       select from pg_attribute a where a.attrelid = c.oid and a.attname = 'profile_id' and not a.attisdropped)`,
  )
  return rows.filter(({ name }) => !OF_NO_PROFILE.includes(name))
})

it('every table of profiles binds even its owner to its rows', () => {
  assert.ok(tables.length >= 12, `only ${tables.length} tables`)
  for (const { name, on, forced } of tables) assert.ok(on && forced, `${name} is not bound`)
})

it('a query without a where finds nothing of another profile, nor outside of any', async () => {
  for (const { name } of tables) {
    const count = sql.raw(`select count(*)::int as count from ${name}`)
    const own = await db.ofProfile(t.a.id, (tx) => tx.execute<{ count: number }>(count))
    const foreign = await db.ofProfile(t.b.id, (tx) => tx.execute<{ count: number }>(count))
    const shared = await db.shared((tx) => tx.execute<{ count: number }>(count))
    if (name !== 'idempotent_requests' && name !== 'events')
      assert.ok(
        (own.rows[0]?.count ?? 0) > 0,
        `the fixture has no row of ${name}, so this test shows nothing`,
      )
    assert.equal(foreign.rows[0]?.count, 0, name)
    assert.equal(shared.rows[0]?.count, 0, name)
  }
})

it('an update or delete without a where touches nothing of another profile', async () => {
  const before = await db.ofProfile(t.a.id, (tx) => tx.execute(sql`select * from clips`))
  await db.ofProfile(t.b.id, async (tx) => {
    await tx.execute(sql`update clips set name = 'stolen'`)
    for (const { name } of tables) await tx.execute(sql.raw(`delete from ${name}`))
  })
  assert.deepEqual(
    (await db.ofProfile(t.a.id, (tx) => tx.execute(sql`select * from clips`))).rows,
    before.rows,
  )
})

it('a row cannot be written into another profile, nor given to one', async () => {
  const denied = (error: unknown) => {
    assert.ok(error instanceof Error && error.cause instanceof Error)
    assert.match(error.cause.message, /row-level security/)
    return true
  }
  const insert = sql`insert into projects (profile_id, name, target_seconds) values (${t.a.id}, 'planted', 10)`
  await assert.rejects(
    db.ofProfile(t.b.id, (tx) => tx.execute(insert)),
    denied,
  )
  await assert.rejects(
    db.shared((tx) => tx.execute(insert)),
    denied,
  )
  const give = sql`update projects set profile_id = ${t.b.id}`
  await assert.rejects(
    db.ofProfile(t.a.id, (tx) => tx.execute(give)),
    denied,
  )
})

it('the role of the service cannot take row-level security away', async () => {
  await assert.rejects(db.shared((tx) => tx.execute(sql`alter table clips disable row level security`)))
  await withOwner(facts, async (client) => {
    const { rows } = await client.query(
      `select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'cutroom_app'`,
    )
    assert.deepEqual(rows, [{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }])
  })
})
