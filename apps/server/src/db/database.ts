import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { ConnectionFacts } from './connection.ts'
import { PROFILE_SETTING } from './schema/columns.ts'
import * as schema from './schema/index.ts'

const open = (pool: pg.Pool) => drizzle(pool, { schema })
type Orm = ReturnType<typeof open>

/** A transaction: all of it happens, or nothing. */
export type Tx = Parameters<Parameters<Orm['transaction']>[0]>[0]

/** The database as the service sees it: through a role that row-level security binds, one transaction at a time. */
export interface Database {
  /** Runs work in a transaction that sees and writes the rows of one profile, and those that belong to none. */
  ofProfile<T>(profileId: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs work in a transaction that sees no profile's rows. */
  shared<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Connections in use and waited for. */
  counts(): { readonly total: number; readonly idle: number; readonly waiting: number }
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** Most connections at once. */
  readonly connections?: number
  /** Hears of every query; for tests that count them. */
  readonly onQuery?: (text: string) => void
}

/** The role that the service works as; made by `migrate`. */
const AS_APP = '-c role=cutroom_app'

export function openDatabase(facts: ConnectionFacts, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    ...facts,
    options: AS_APP,
    application_name: 'cutroom',
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  const { onQuery } = options
  const orm = onQuery ? drizzle(pool, { schema, logger: { logQuery: (text) => onQuery(text) } }) : open(pool)
  return {
    ofProfile: (profileId, work) =>
      orm.transaction(async (tx) => {
        await tx.execute(sql`select set_config(${PROFILE_SETTING}, ${profileId}, true)`)
        return work(tx)
      }),
    shared: (work) => orm.transaction(work),
    counts: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  }
}
