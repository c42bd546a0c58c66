import pg from 'pg'
import type { ConnectionFacts } from './connection.ts'
import { drizzle, type NodePgDatabase } from './drizzle.ts'
import { toDatabaseError } from './failures.ts'
import { PROFILE_SETTING } from './schema/columns.ts'

/** A transaction: all of it happens, or nothing. */
export type Tx = Omit<NodePgDatabase, 'transaction'>

/**
 * The database as the service sees it: through a role that row-level security binds, one transaction at a time. Beside what the work
 * throws, a transaction throws `database-unavailable`, `disk-full`, and `not-found` for a profile that is gone.
 */
export interface Database {
  /** Runs work in a transaction that sees and writes the rows of one profile, and those that belong to none. */
  ofProfile<T>(profileId: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs work in a transaction that sees no profile's rows. */
  shared<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Like `shared`, but each statement is a transaction of its own: for reads that need not agree with one another, in half the round trips. */
  oneByOne<T>(work: (tx: Tx) => Promise<T>): Promise<T>
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

/** The role that the service works as; made by `migrate`. Taken on by a statement, since an address may hold options of its own. */
const BE_APP = 'set role cutroom_app'

export function openDatabase(facts: ConnectionFacts, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    ...facts,
    onConnect: (client) => client.query(BE_APP),
    application_name: 'cutroom',
    keepAlive: true,
    max: options.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
  })
  // A connection that breaks is replaced by the pool, and fails what is done with it; without listeners it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const { onQuery } = options
  const logging = onQuery === undefined ? {} : { logger: { logQuery: onQuery } }

  /** Lends a connection to `work`, which may call it spoilt: then nobody gets it again. */
  async function connected<T>(work: (client: pg.PoolClient, spoil: () => void) => Promise<T>): Promise<T> {
    let client: pg.PoolClient | undefined
    let spoilt = false
    try {
      client = await pool.connect()
      return await work(client, () => {
        spoilt = true
      })
    } catch (thrown) {
      throw toDatabaseError(thrown)
    } finally {
      client?.release(spoilt)
    }
  }

  /** Begun here and not by drizzle, which keeps a connection for ever on which it could not begin; with the setting on the same way. */
  const transaction = <T>(begin: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    connected(async (client, spoil) => {
      try {
        await client.query(begin)
        const result = await work(drizzle(client, logging))
        await client.query('commit')
        return result
      } catch (thrown) {
        await client.query('rollback').catch(spoil)
        throw thrown
      }
    })
  return {
    ofProfile: (profileId, work) =>
      transaction(`begin; set local ${PROFILE_SETTING} = ${pg.escapeLiteral(profileId)}`, work),
    shared: (work) => transaction('begin', work),
    oneByOne: (work) => connected((client) => work(drizzle(client, logging))),
    counts: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  }
}
