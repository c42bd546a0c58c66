import path from 'node:path'
import { CutroomError, toFileError } from '@cutroom/contracts'
import pg from 'pg'
import { DATA_FOLDER_ID, dataFolderId, openDataFolder } from '../../data-folder.ts'
import { findCluster, makeCluster, removeLeftovers, SUPERUSER } from './cluster.ts'
import { databaseFailure } from './failure.ts'
import { type Home, openHome } from './home.ts'
import { type Keeper, reach } from './keeper.ts'
import { withMutex } from './mutex.ts'
import { startPostgres, stopPostgres } from './postmaster.ts'
import { type Distribution, findDistribution, preparePrograms } from './programs.ts'

/** Recovery after a crash reads the log of what was written since the last checkpoint. */
export const MUTEX_WAIT_MS = 120_000
/** Held while the database is started, stopped or replaced. */
export const mutexFile = (dataDir: string): string => path.join(dataDir, 'database.lock')

const DATABASE = 'cutroom'
const DOING = 'Opening the database'

/** A PostgreSQL of our own on a Unix socket, shared by all processes that have the data folder open. */
export interface EmbeddedDatabase {
  /** Where it is, as node-postgres wants it: the socket's folder instead of a host. */
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly database: string
  }
  /** Starts it again where it has died. Until then, queries fail. Throws like `openEmbedded`. */
  ensureRunning(): Promise<void>
  /** Leaves it; whoever goes last stops it. Connections of this process should be closed by then. */
  close(): Promise<void>
}

export interface EmbeddedOptions {
  readonly dataDir: string
  /** Is told in a sentence what was done. */
  readonly log?: (message: string) => void
  /** PostgreSQL's own settings for a start; those who join a running one get what it was started with. */
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * Opens the database of a data folder: makes it the first time, starts it unless it runs, and joins it. One that a killed process left
 * running is joined; one that crashed recovers. Throws `database-unavailable`, `database-damaged`, `data-folder-newer`,
 * `data-folder-older`, `data-folder-other`, `disk-full`.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataDir, log = () => {}, settings = {} } = options
  const distribution = await findDistribution()
  await openDataFolder(dataDir)
  const exclusively = <T>(work: () => Promise<T>) => withMutex(mutexFile(dataDir), MUTEX_WAIT_MS, work)

  const join = (): Promise<{ home: Home; keeper: Keeper }> =>
    exclusively(async () => {
      const home = await openHome(dataDir)
      const cluster = await openCluster(home, distribution, { dataDir, sync: settings.fsync !== 'off', log })
      const start = async () => {
        log('Starting the database.')
        return startPostgres(home, cluster, await preparePrograms(home, distribution), settings)
      }
      const keeper = await reach(home, start)
      await keeper.ensureDatabase(DATABASE)
      return { home, keeper }
    }).catch((error: unknown) => {
      if (error instanceof pg.DatabaseError) throw databaseFailure(DOING, error.message, error)
      throw toFileError(error, DOING)
    })

  let { home, keeper } = await join()
  let rejoining: Promise<void> | undefined
  const rejoin = async (): Promise<void> => {
    if (await keeper.isAlive()) return
    log('The database has died.')
    ;({ home, keeper } = await join())
  }
  return {
    connection: { host: home.socketDir, port: home.port, user: SUPERUSER, database: DATABASE },
    // One at a time: a connection that nobody remembers would keep the database running.
    ensureRunning() {
      rejoining ??= rejoin().finally(() => {
        rejoining = undefined
      })
      return rejoining
    },
    close: () =>
      exclusively(async () => {
        if (await keeper.leave()) {
          log('Stopping the database.')
          await stopPostgres(home, path.join(home.path, String(distribution.major)))
        }
        await keeper.end()
      }),
  }
}

async function openCluster(
  home: Home,
  distribution: Distribution,
  { dataDir, sync, log }: { dataDir: string; sync: boolean; log: (message: string) => void },
): Promise<string> {
  const { major } = distribution
  await removeLeftovers(home.path)
  const found = await findCluster(home.path, major)
  if (found !== null) return found
  if ((await dataFolderId(dataDir)) !== null)
    throw new CutroomError('data-folder-other', `The database of the data folder ${dataDir} is not in it.`, {
      remedy: `Name it in DATABASE_URL. Where it was lost, restore a backup; without one, remove ${DATA_FOLDER_ID} to begin anew: files that a new database does not name are removed in time.`,
    })
  log('Making the database; this happens once.')
  return makeCluster(home, await preparePrograms(home, distribution), { major, sync })
}
