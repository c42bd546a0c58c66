import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CutroomError, errnoOf } from '@cutroom/contracts'
import type pg from 'pg'
import { type ConnectionFacts, withOwner } from './connection.ts'
import { drizzle, runMigrations } from './drizzle.ts'
import { LOCKS } from './locks.ts'

const FOLDER = path.join(import.meta.dirname, 'migrations')

/**
 * Brings a database to this version's schema, for whoever comes first; others wait. Then binds the service's role, where it is not bound
 * yet: others may be at work. Throws `data-folder-newer` where a newer version has been there, `database-unavailable` where the user of the
 * database may not do this.
 */
export async function migrate(facts: ConnectionFacts): Promise<void> {
  await withOwner(facts, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCKS.schema])
    try {
      await refuseNewer(client)
      await client.query(MAKE_ROLE)
      await runMigrations(drizzle(client), { migrationsFolder: FOLDER })
      await client.query(BIND_ROLE)
    } catch (error) {
      throw (await toPermissionError(client, error)) ?? error
    }
  })
}

const INSUFFICIENT_PRIVILEGE = '42501'

/** What the user of the database has to be allowed, where that is what is missing. */
async function toPermissionError(client: pg.Client, thrown: unknown): Promise<CutroomError | null> {
  const error = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown
  if (!(error instanceof Error) || errnoOf(error) !== INSUFFICIENT_PRIVILEGE) return null
  const { rows } = await client.query<{ user: string; database: string }>(
    'select quote_ident(current_user) as user, quote_ident(current_database()) as database',
  )
  const { user, database } = rows[0] ?? { user: '', database: '' }
  return new CutroomError(
    'database-unavailable',
    `The user ${user} may not prepare the database ${database}: ${error.message}.`,
    {
      cause: thrown,
      remedy: `Run once as a superuser of the PostgreSQL: create role cutroom_app nologin; grant cutroom_app to ${user}; alter database ${database} owner to ${user};`,
    },
  )
}

async function refuseNewer(client: pg.Client): Promise<void> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
  )
  if (!found[0]?.there) return
  const { rows } = await client.query<{ newest: string | null }>(
    'select max(created_at) as newest from drizzle.__drizzle_migrations',
  )
  const newest = Number(rows[0]?.newest ?? 0)
  if (newest <= newestKnown()) return
  throw new CutroomError(
    'data-folder-newer',
    `The database has the schema of ${new Date(newest).toISOString().slice(0, 10)}, which is newer than this version of Cutroom knows.`,
  )
}

/** When the newest migration of this version was written, milliseconds since 1970. */
function newestKnown(): number {
  const journal: { entries: { when: number }[] } = JSON.parse(
    readFileSync(path.join(FOLDER, 'meta', '_journal.json'), 'utf8'),
  )
  return Math.max(...journal.entries.map(({ when }) => when))
}

/**
 * Roles belong to the whole server, so another database may have made it. Who makes a role may give it away, but since PostgreSQL 16 not
 * take it on.
 */
const MAKE_ROLE = `
do $$ begin
  if not exists (select from pg_roles where rolname = 'cutroom_app') then create role cutroom_app nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not pg_has_role(current_user, 'cutroom_app',
    case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end)
  then execute format('grant cutroom_app to %I', current_user); end if;
end $$`

/**
 * Every table is granted, and every table with a profile binds its owner as well; one that misses its policy stops the start. A table
 * that is bound already is not touched, since that would wait for all who use it, and they perhaps for one another.
 */
const BIND_ROLE = `
grant usage on schema public to cutroom_app;
grant select, insert, update, delete on all tables in schema public to cutroom_app;
grant usage on all sequences in schema public to cutroom_app;
do $$ declare owned record; begin
  for owned in
    select relname as name, relrowsecurity and relforcerowsecurity as bound
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('memberships', 'api_key_profiles')
      and exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'profile_id' and not attisdropped)
  loop
    if not owned.bound then
      execute format('alter table public.%I enable row level security', owned.name);
      execute format('alter table public.%I force row level security', owned.name);
    end if;
    if not exists (select from pg_policies where schemaname = 'public' and tablename = owned.name) then
      raise exception 'The table % has no policy.', owned.name;
    end if;
  end loop;
end $$`
