import { randomUUID } from 'node:crypto'
import { CutroomError } from '@cutroom/contracts'
import { DATA_FOLDER_ID, dataFolderId, setDataFolderId } from '../data-folder.ts'
import type { Database } from './database.ts'
import { hasCluster } from './embedded/cluster.ts'
import { MUTEX_WAIT_MS, mutexFile } from './embedded/embedded.ts'
import { homePath } from './embedded/home.ts'
import { withMutex } from './embedded/mutex.ts'
import { studio } from './schema/studio.ts'

/** A data folder, and whether its database lies in it. */
interface Place {
  readonly dataDir: string
  readonly embedded: boolean
}

/**
 * Makes sure that a database and a data folder belong together: with another folder, files would be missing; with another database, those
 * that it does not name would be removed. The first of each to meet are bound. Throws `data-folder-other`, and `internal` for a damaged id.
 */
export async function bindDataFolder(db: Database, place: Place): Promise<void> {
  const { dataDir, embedded } = place
  if (!embedded && (await hasCluster(dataDir)))
    throw new CutroomError('data-folder-other', `The data folder ${dataDir} has a database of its own.`, {
      remedy: `Do without DATABASE_URL, or name another data folder. Where the database that it names has taken over all that the own one holds, move ${homePath(dataDir)} away.`,
    })
  if (isBound(await readIds(db, dataDir))) return
  // One at a time, so that nobody finds half of what others bind.
  await withMutex(mutexFile(dataDir), MUTEX_WAIT_MS, () => bind(db, place))
}

async function bind(db: Database, { dataDir, embedded }: Place): Promise<void> {
  const { ofFolder, ofDatabase } = await readIds(db, dataDir)
  if (ofFolder === null && ofDatabase === null) {
    const [mine] = await db.shared((tx) =>
      tx.insert(studio).values({ dataFolder: randomUUID() }).onConflictDoNothing().returning(),
    )
    if (mine !== undefined) await setDataFolderId(dataDir, mine.dataFolder)
    // What lies in the folder belongs to it: a backup was restored.
  } else if (ofFolder === null && embedded) await setDataFolderId(dataDir, ofDatabase)
  const ids = await readIds(db, dataDir)
  if (!isBound(ids)) throw otherStudio(dataDir, ids)
}

/** By which id a data folder and a database know the studio; `null` where nothing has bound them yet. */
interface Ids {
  readonly ofFolder: string | null
  readonly ofDatabase: string | null
}

async function readIds(db: Database, dataDir: string): Promise<Ids> {
  const [row] = await db.shared((tx) => tx.select().from(studio))
  return { ofFolder: await dataFolderId(dataDir), ofDatabase: row?.dataFolder ?? null }
}

const isBound = ({ ofFolder, ofDatabase }: Ids): boolean => ofDatabase !== null && ofFolder === ofDatabase

function otherStudio(dataDir: string, { ofFolder, ofDatabase }: Ids): CutroomError {
  const details = { found: ofFolder, expected: ofDatabase }
  if (ofDatabase === null)
    return new CutroomError(
      'data-folder-other',
      `The data folder ${dataDir} belongs to a studio with another database than this new one.`,
      {
        remedy: `Name its database in DATABASE_URL, bring over to this one what that one holds, or take a new data folder. Only where it never had another, remove its file ${DATA_FOLDER_ID}.`,
        details,
      },
    )
  return new CutroomError(
    'data-folder-other',
    `The database belongs to a studio whose files lie in another data folder than ${dataDir}.`,
    {
      remedy: `Give all processes of the studio the same data folder. Where this one has taken the place of the other, with all its files, write ${ofDatabase} into its file ${DATA_FOLDER_ID}.`,
      details,
    },
  )
}
