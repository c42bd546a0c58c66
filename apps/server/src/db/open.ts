import { openDataFolder } from '../data-folder.ts'
import { bindDataFolder } from './bind-data-folder.ts'
import type { ConnectionFacts } from './connection.ts'
import { type Database, openDatabase } from './database.ts'
import { openEmbedded } from './embedded/embedded.ts'
import { migrate } from './migrate.ts'

/** Where a data folder is, and its database: one that runs elsewhere, or `null` for the embedded one. */
export interface DatabasePlace {
  readonly dataDir: string
  readonly database: ConnectionFacts | null
}

/** A database with this version's schema that was opened, and has to be closed. */
export interface OpenedDatabase {
  readonly db: Database
  /** For those who need a connection of their own. */
  readonly facts: ConnectionFacts
  /** Starts the embedded database again where it has died. */
  ensureRunning(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the database of a data folder, which is made or brought up to date where it has to be. Throws `database-unavailable`,
 * `data-folder-newer`, `data-folder-other` and what else `openEmbedded` and `migrate` throw; then nothing stays open.
 */
export async function openMigrated(
  { dataDir, database }: DatabasePlace,
  log?: (message: string) => void,
): Promise<OpenedDatabase> {
  await openDataFolder(dataDir)
  await using opening = new AsyncDisposableStack()
  const { facts, ensureRunning, leave } =
    database === null ? await joinEmbedded(dataDir, log) : { facts: database, ...ELSEWHERE }
  opening.defer(leave)
  await migrate(facts)
  const db = openDatabase(facts)
  opening.defer(() => db.close())
  await bindDataFolder(db, { dataDir, embedded: database === null })
  const opened = opening.move()
  return {
    db,
    facts,
    ensureRunning,
    close: () => opened.disposeAsync(),
  }
}

/** A database that runs elsewhere is started and stopped elsewhere. */
const ELSEWHERE = { ensureRunning: async () => undefined, leave: async () => undefined }

async function joinEmbedded(dataDir: string, log?: (message: string) => void) {
  const { connection, ensureRunning, close } = await openEmbedded({ dataDir, ...(log && { log }) })
  return { facts: connection, ensureRunning, leave: close }
}

/** Runs work with the database of a data folder and closes it. Throws like `openMigrated`. */
export async function withDatabase<T>(place: DatabasePlace, work: (db: Database) => Promise<T>): Promise<T> {
  const { db, close } = await openMigrated(place)
  try {
    return await work(db)
  } finally {
    await close()
  }
}
