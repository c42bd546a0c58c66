import { setTimeout as sleep } from 'node:timers/promises'
import { CutroomError, errnoOf } from '@cutroom/contracts'
import pg from 'pg'
import { LOCKS } from '../locks.ts'
import { SUPERUSER } from './cluster.ts'
import type { Home } from './home.ts'
import { type EarlyEnd, isRunning } from './postmaster.ts'

/** Looks often at first, as most starts take 50 ms; each look costs PostgreSQL a process. */
const pollMs = (elapsedMs: number): number => Math.min(200, 5 + elapsedMs / 20)
/** Recovery after a crash takes as long as reading what was written since the last checkpoint. */
const START_MS = 100_000

/** What PostgreSQL answers while it starts, recovers or stops (cannot_connect_now), and what the socket says before and after. */
const NOT_YET = new Set(['57P03', 'ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE'])

/** A connection that says: this process uses the database. The kernel closes it with its process. */
export interface Keeper {
  isAlive(): Promise<boolean>
  ensureDatabase(name: string): Promise<void>
  /** Uses the database no longer. Whether nobody else does either; nobody can begin to as long as the caller holds the mutex. */
  leave(): Promise<boolean>
  end(): Promise<void>
}

/**
 * Connects to the PostgreSQL of a home, and starts it where no process of it lives. Throws what stopped it from starting, and
 * `database-unavailable` where it does not answer.
 */
export async function reach(home: Home, start: () => Promise<EarlyEnd>): Promise<Keeper> {
  const begun = Date.now()
  let earlyEnd: EarlyEnd | undefined
  for (;;) {
    const client = await tryConnect(home)
    if (client !== null) return hold(home, client)
    const failure = await earlyEnd?.()
    if (failure) throw failure
    if (Date.now() - begun > START_MS) {
      throw new CutroomError(
        'database-unavailable',
        `The database has not answered for ${START_MS / 1000} s.`,
      )
    }
    // One that is still on its way up or down is waited for.
    if (earlyEnd === undefined && !isRunning(home)) earlyEnd = await start()
    else await sleep(pollMs(Date.now() - begun))
  }
}

/** `null` where nobody answers yet. */
async function tryConnect(home: Home): Promise<pg.Client | null> {
  const client = new pg.Client({
    host: home.socketDir,
    port: home.port,
    user: SUPERUSER,
    database: 'postgres',
    application_name: 'cutroom keeper',
  })
  // A connection that breaks is noticed by whoever asks next; without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    if (NOT_YET.has(errnoOf(error) ?? '')) return null
    const reason = error instanceof Error ? error.message : String(error)
    throw new CutroomError('database-unavailable', `The database refuses connections: ${reason}.`, {
      cause: error,
    })
  }
}

async function hold(home: Home, first: pg.Client): Promise<Keeper> {
  let client = first
  await client.query('select pg_advisory_lock_shared($1)', [LOCKS.inUse])
  const isAlive = () =>
    client.query('select').then(
      () => true,
      () => false,
    )
  return {
    isAlive,
    async ensureDatabase(name) {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
      if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
    },
    async leave() {
      if (await isAlive()) await client.query('select pg_advisory_unlock_shared($1)', [LOCKS.inUse])
      else {
        const again = await tryConnect(home)
        if (again === null) return false
        client = again
      }
      const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
        LOCKS.inUse,
      ])
      return rows[0]?.last === true
    },
    end: () => client.end(),
  }
}
