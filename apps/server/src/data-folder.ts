import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError, errnoOf, ifMissing, isId, toFileError } from '@cutroom/contracts'
import { z } from 'zod'

/** The format of data folders that this version reads and writes: where things are in it, not what the database holds. */
const FORMAT = 1
const NOTE = 'cutroom.json'
/** Holds the id by which the database of a data folder knows it. */
export const DATA_FOLDER_ID = 'data-folder.id'
/** Its time says when a backup was restored. */
const RESTORED = 'restored'

const noteSchema = z.object({ format: z.number().int().positive() })

/**
 * Makes sure that a folder is one that this version may use; the first to open it leaves a note in it. Throws `data-folder-newer`
 * where a newer version wrote it, and `internal` or `disk-full` where it cannot be read or written.
 */
export async function openDataFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    const format = (await readFormat(dataDir)) ?? (await writeFormat(dataDir))
    if (format <= FORMAT) return
    throw new CutroomError(
      'data-folder-newer',
      `The data folder ${dataDir} has format ${format}; this version of Cutroom knows formats up to ${FORMAT}.`,
      { details: { found: format, known: FORMAT } },
    )
  } catch (error) {
    throw toFileError(error, 'Opening the data folder')
  }
}

/** Says that the database of a data folder is that of a backup: its files may be younger, and no row may name them. */
export const noteRestore = (dataDir: string): Promise<void> =>
  writeFile(path.join(dataDir, RESTORED), `${new Date().toISOString()}\n`, { flush: true })

/** When a backup was restored last, milliseconds since 1970; `null` where none was. */
export const restoredAt = (dataDir: string): Promise<number | null> =>
  stat(path.join(dataDir, RESTORED)).then(({ mtimeMs }) => mtimeMs, ifMissing(null))

/** `null` where nobody has left a note yet. */
async function readFormat(dataDir: string): Promise<number | null> {
  const file = path.join(dataDir, NOTE)
  try {
    return noteSchema.parse(JSON.parse(await readFile(file, 'utf8'))).format
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    if (errnoOf(error) !== undefined) throw error
    throw new CutroomError('internal', `${file} is damaged.`, {
      cause: error,
      remedy: `Where no newer version of Cutroom has used the folder, write {"format":${FORMAT}} into it.`,
    })
  }
}

/** By which id its database knows a data folder; `null` where it has none yet. Throws `internal` for one that is damaged. */
export async function dataFolderId(dataDir: string): Promise<string | null> {
  const file = path.join(dataDir, DATA_FOLDER_ID)
  const id = await readFile(file, 'utf8').then((text) => text.trim(), ifMissing(null))
  if (id === null || isId(id)) return id
  throw new CutroomError('internal', `${file} is damaged.`, {
    remedy: 'Write the id into it that its database holds in the table studio.',
  })
}

/** Gives a data folder an id, or takes it away. Throws `disk-full`. */
export async function setDataFolderId(dataDir: string, id: string | null): Promise<void> {
  const file = path.join(dataDir, DATA_FOLDER_ID)
  const draft = `${file}.${randomUUID()}`
  try {
    if (id === null) return await rm(file, { force: true })
    await writeFile(draft, `${id}\n`, { flush: true })
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw toFileError(error, 'Writing the id of the data folder')
  }
}

async function writeFormat(dataDir: string): Promise<number> {
  const note = path.join(dataDir, NOTE)
  const draft = `${note}.${randomUUID()}`
  try {
    await using file = await open(draft, 'wx', 0o644)
    await file.writeFile(`${JSON.stringify({ format: FORMAT })}\n`)
    await file.sync()
    await rename(draft, note)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  return FORMAT
}
