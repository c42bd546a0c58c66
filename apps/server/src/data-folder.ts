import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError, errnoOf, ifMissing, isId, toFileError } from '@cutroom/contracts'
import { z } from 'zod'
import { createOnce } from './create-once.ts'

/** The format of data folders that this version reads and writes: where things are in it, not what the database holds. */
const FORMAT = 1
const NOTE = 'cutroom.json'
/** Holds the id of a data folder whose database runs elsewhere. */
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

/** The id of an opened data folder; who asks first gives it one. Throws `internal` for one that is damaged, and what the system says. */
export async function dataFolderId(dataDir: string): Promise<string> {
  const file = path.join(dataDir, DATA_FOLDER_ID)
  try {
    if (!existsSync(file)) await createOnce(file, `${randomUUID()}\n`)
    const id = (await readFile(file, 'utf8')).trim()
    if (isId(id)) return id
  } catch (error) {
    throw toFileError(error, 'Reading the id of the data folder')
  }
  throw new CutroomError('internal', `${file} is damaged.`, {
    remedy:
      'Remove the file: where its database knows the folder by another id, the next start says by which.',
  })
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
