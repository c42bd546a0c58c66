import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { constants, copyFile, link, mkdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError, errnoOf, toFileError } from '@cutroom/contracts'
import { hashFile } from './hash-file.ts'

/**
 * Copies a finished file to where the person wants it, under the first free name of `name.ext`, `name-v2.ext`, …; finds it where
 * it lies there already. A file with other content is never replaced, and no half file is ever seen, except where the file system
 * knows no hard links. Returns the path. Throws `field-invalid` for a folder that cannot be written, `disk-full`, `cancelled`.
 */
export async function deliver(
  from: string,
  folder: string,
  name: string,
  signal: AbortSignal,
): Promise<string> {
  const extension = path.extname(from)
  for (let version = 1; ; version += 1) {
    const target = path.join(folder, `${name}${version === 1 ? '' : `-v${version}`}${extension}`)
    if (!existsSync(target)) {
      if (await intoFolder(folder, from, (partial) => placed(partial, target))) return target
    }
    if (await sameContent(from, target, signal)) return target
  }
}

/** Copies a file over another, whole or not at all. Throws like `deliver`. */
export async function deliverOver(from: string, target: string): Promise<void> {
  await intoFolder(path.dirname(target), from, (partial) => rename(partial, target))
}

/** Copies a file into a folder under a name of nobody else's, for `place` to give it its own. */
async function intoFolder<T>(
  folder: string,
  from: string,
  place: (partial: string) => Promise<T>,
): Promise<T> {
  const partial = path.join(folder, `.${randomUUID()}.partial`)
  try {
    await mkdir(folder, { recursive: true })
    await copyFile(from, partial)
    return await place(partial)
  } catch (thrown) {
    throw deliveryError(thrown, folder)
  } finally {
    await rm(partial, { force: true }).catch(() => undefined)
  }
}

/** What the system says of a folder that a person has to choose another for. */
const UNUSABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG']

function deliveryError(thrown: unknown, folder: string): CutroomError {
  const errno = errnoOf(thrown) ?? ''
  if (!UNUSABLE.includes(errno)) return toFileError(thrown, `Writing the finished file to ${folder}`)
  return new CutroomError('field-invalid', `The folder ${folder} cannot be written to (${errno}).`, {
    cause: thrown,
    field: 'out',
    remedy: 'Choose another folder. The finished file itself is kept: the next run finds it.',
  })
}

async function sameContent(from: string, target: string, signal: AbortSignal): Promise<boolean> {
  const found = await stat(target).catch(() => null)
  if (!found?.isFile() || found.size !== (await stat(from)).size) return false
  return (await hashFile(from, signal)) === (await hashFile(target, signal))
}

/** What the system says where there are no hard links. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV']

/** Whether a file came to lie at a place; not where something lies there already. */
async function placed(partial: string, target: string): Promise<boolean> {
  try {
    await link(partial, target).catch((error: unknown) => {
      if (!NO_LINKS.includes(errnoOf(error) ?? '')) throw error
      return copyFile(partial, target, constants.COPYFILE_EXCL)
    })
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw error
  }
}
