import { lstat, readdir, rm, rmdir, unlink } from 'node:fs/promises'
import path from 'node:path'
import { errnoOf } from '@cutroom/contracts'
import { LEASE, OWNER } from './layout.ts'

/**
 * Deletes a scratch folder. The order keeps it explained until the end: whoever finds it half deleted still finds its owner.
 * Symbolic links in it are deleted, never followed. Several may delete the same folder at once: the answer is true for the one that
 * deleted the owner's name, and with it the last of the work. What a process that outlived the owner still writes is left to the next sweep.
 */
export async function destroyFolder(folder: string): Promise<boolean> {
  let last = false
  try {
    const work = (await readdir(folder)).filter((name) => name !== OWNER && name !== LEASE)
    for (const name of work) await rm(path.join(folder, name), { recursive: true, force: true })
    last = await unlink(path.join(folder, OWNER)).then(
      () => true,
      (error: unknown) => {
        if (errnoOf(error) !== 'ENOENT') throw error
        return false
      },
    )
    await rm(path.join(folder, LEASE), { force: true })
    await rmdir(folder)
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EBUSY'].includes(errnoOf(error) ?? '')) throw error
  }
  return last
}

/** Size of all files below a folder, in bytes, without following symbolic links. Files that vanish meanwhile do not count. */
export async function folderBytes(folder: string): Promise<number> {
  let bytes = 0
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const place = path.join(folder, entry.name)
      bytes += entry.isDirectory() ? await folderBytes(place) : entry.isFile() ? await fileBytes(place) : 0
    }
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
  return bytes
}

async function fileBytes(file: string): Promise<number> {
  try {
    return (await lstat(file)).size
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0
    throw error
  }
}
