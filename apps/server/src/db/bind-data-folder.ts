import { CutroomError } from '@cutroom/contracts'
import { DATA_FOLDER_ID, dataFolderId } from '../data-folder.ts'
import type { Database } from './database.ts'
import { studio } from './schema/studio.ts'

/**
 * Makes sure that a database that runs elsewhere and a data folder belong together, since nothing else would tell that processes of one studio
 * keep their files apart; the first to come binds them. Throws `data-folder-other`.
 */
export async function bindDataFolder(db: Database, dataDir: string): Promise<void> {
  const id = await dataFolderId(dataDir)
  const bound = await db.shared(async (tx) => {
    await tx.insert(studio).values({ dataFolder: id }).onConflictDoNothing()
    const [row] = await tx.select().from(studio)
    return row?.dataFolder
  })
  if (bound === id) return
  throw new CutroomError(
    'data-folder-other',
    `The database belongs to a studio whose files lie in another data folder than ${dataDir}.`,
    {
      remedy: `Give all processes of the studio the same data folder. Where this one has taken the place of the other, with all its files, write ${bound} into its file ${DATA_FOLDER_ID}.`,
      details: { found: id, expected: bound },
    },
  )
}
