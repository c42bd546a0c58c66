import type { Tx } from './database.ts'
import { sql } from './drizzle.ts'

/**
 * The advisory locks of the database. The numbers are arbitrary, differ, and never change: servers of two versions that share a
 * database meet at them.
 */
export const LOCKS = {
  /** Held in common by every process that uses the embedded database; whoever can have it alone is the last. */
  inUse: 7_203_418_000,
  /** Held while the schema is looked at and changed. */
  schema: 7_203_418_001,
  /** Held while the queue's tables are granted. */
  queueGrants: 7_203_418_002,
  /** Held while jobs are claimed and lost ones noticed, so that limits hold over all workers. */
  claims: 7_203_418_003,
  /** Held while it is decided who owns the studio. */
  owners: 7_203_418_004,
  /** Held while it is decided which profile is the default and which ids are free. */
  profiles: 7_203_418_005,
} as const

/** Locks of which every profile has its own: the first of two numbers, whose second stands for the profile. */
const PROFILE_LOCKS = {
  /** The turn to tell of something. */
  events: 7_203_418,
  /** Held while it is decided whether something may still be stored. */
  storage: 7_203_419,
  /** Held while it is decided whether something may still be spent. */
  spending: 7_203_420,
} as const

/** Makes those wait who take the same lock, until the end of the transaction. */
export const takeLock = (tx: Tx, name: keyof typeof LOCKS) =>
  tx.execute(sql`select pg_advisory_xact_lock(${LOCKS[name]})`)

/** The same with a lock of the profile's own. */
export const takeProfileLock = (tx: Tx, name: keyof typeof PROFILE_LOCKS, profileId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(${PROFILE_LOCKS[name]}, hashtext(${profileId}))`)
