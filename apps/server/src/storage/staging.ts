import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import {
  copyFile,
  lstat,
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  symlink,
} from 'node:fs/promises'
import path from 'node:path'
import { CutroomError, errnoOf, ifMissing } from '@cutroom/contracts'
import { stagingDir, TRASH } from './layout.ts'
import type { StoredFile } from './storage.ts'

/*
 * <uuid>        the folder in which a publisher puts an entry together
 * <uuid>.from   a symbolic link to the publisher's scratch folder; made before the folder and deleted after it
 * <uuid>.trash  what was taken out of its place to be deleted
 *
 * A scratch folder goes when its owner is done or proven dead, never before. So staging whose scratch folder is gone is nobody's.
 */
const FROM = '.from'

/** The folder of one publisher, gone at the end of the block unless it was renamed into its place. */
export interface Stage extends AsyncDisposable {
  readonly path: string
}

export async function openStage(root: string, profileId: string, scratch: string): Promise<Stage> {
  const parent = stagingDir(root, profileId)
  await mkdir(parent, { recursive: true, mode: 0o700 })
  const place = path.join(parent, randomUUID())
  // Relative, as another container may see the data folder under another path.
  await symlink(path.relative(await realpath(parent), await realpath(scratch)), place + FROM)
  const drop = async (): Promise<void> => {
    await rm(place, { recursive: true, force: true })
    await rm(place + FROM, { force: true })
  }
  try {
    await mkdir(place, { mode: 0o700 })
  } catch (error) {
    await drop()
    throw error
  }
  return { path: place, [Symbol.asyncDispose]: drop }
}

/**
 * Throws `field-invalid` for what is not a regular file under its straight path, so that no link that somebody planted in scratch brings a
 * stranger's file into storage, and `file-missing`.
 */
export async function checkSource(name: string, source: string): Promise<void> {
  try {
    const straight = (await realpath(path.dirname(source))) === path.dirname(source)
    if (straight && (await lstat(source)).isFile()) return
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
    throw new CutroomError('file-missing', `The file for ${name} was not made.`, { cause: error })
  }
  throw new CutroomError('field-invalid', `The file for ${name} is not a regular file of a scratch folder.`, {
    field: 'files',
  })
}

/** Moves a file into a stage, and on to the disk for good. `sha256` where it is known already. */
export async function stageFile(source: string, target: string, sha256?: string): Promise<StoredFile> {
  try {
    await rename(source, target)
  } catch (error) {
    if (errnoOf(error) !== 'EXDEV') throw error
    await copyFile(source, target, constants.COPYFILE_EXCL)
  }
  return settleFile(target, sha256)
}

async function settleFile(file: string, sha256: string | undefined): Promise<StoredFile> {
  await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  if (sha256 !== undefined) {
    await handle.sync()
    return { sizeBytes: (await handle.stat()).size, sha256 }
  }
  const hash = createHash('sha256')
  const chunks: AsyncIterable<Buffer> = handle.createReadStream({ autoClose: false, highWaterMark: 1 << 20 })
  let sizeBytes = 0
  for await (const chunk of chunks) {
    hash.update(chunk)
    sizeBytes += chunk.length
  }
  await handle.sync()
  return { sizeBytes, sha256: hash.digest('hex') }
}

/** Puts the names in a folder on the disk for good. */
export async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  await handle.sync()
}

/** Deletes the staging of publishers whose scratch is gone, and trash. Returns the bytes freed. */
export async function collectStaging(root: string, profileId: string): Promise<number> {
  const folder = stagingDir(root, profileId)
  let bytes = 0
  for (const name of await readdir(folder).catch(ifMissing<string[]>([]))) {
    const place = path.join(folder, name)
    if (name.endsWith(TRASH)) bytes += await removeFolder(place)
    if (name.endsWith(FROM) && (await isOrphan(folder, place))) {
      bytes += await removeFolder(place.slice(0, -FROM.length))
      await rm(place, { force: true })
    }
  }
  return bytes
}

async function isOrphan(folder: string, link: string): Promise<boolean> {
  const target = await readlink(link).catch(ifMissing(null))
  if (target === null) return false
  return lstat(path.resolve(await realpath(folder), target)).then(() => false, ifMissing(true))
}

/** Deletes a folder of files. Returns the bytes freed. */
export async function removeFolder(folder: string): Promise<number> {
  const bytes = await folderBytes(folder)
  await rm(folder, { recursive: true, force: true })
  return bytes
}

/** Size of the files of a folder, in bytes. */
export async function folderBytes(folder: string): Promise<number> {
  let bytes = 0
  for (const name of await readdir(folder).catch(ifMissing<string[]>([]))) {
    const file = await lstat(path.join(folder, name)).catch(ifMissing(null))
    bytes += file?.size ?? 0
  }
  return bytes
}
