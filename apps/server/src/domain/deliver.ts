import { copyFile, link, mkdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError, errnoOf } from '@cutroom/contracts'

/**
 * Copies a finished file to where the person wants it, under the first free name of `name.ext`, `name-v2.ext`, …; finds it where
 * it lies there already. A file with other content is never replaced, and no half file is ever seen. Returns the path.
 */
export async function deliver(from: string, folder: string, name: string): Promise<string> {
  const extension = path.extname(from)
  const partial = path.join(folder, `.${name}.${process.pid}.partial`)
  try {
    await mkdir(folder, { recursive: true })
    for (let version = 1; ; version += 1) {
      const target = path.join(folder, `${name}${version === 1 ? '' : `-v${version}`}${extension}`)
      if (await sameContent(from, target)) return target
      await copyFile(from, partial)
      if (await unlessTaken(link(partial, target))) return target
    }
  } catch (cause) {
    throw new CutroomError('disk-full', `The finished file could not be written to ${folder}.`, {
      cause,
      remedy:
        'Check that the folder can be written and has room. The export itself is kept: the next run finds it.',
    })
  } finally {
    await rm(partial, { force: true })
  }
}

async function sameContent(from: string, target: string): Promise<boolean> {
  const found = await stat(target).catch(() => null)
  if (!found?.isFile() || found.size !== (await stat(from)).size) return false
  const [a, b] = await Promise.all([readFile(from), readFile(target)])
  return a.equals(b)
}

async function unlessTaken(work: Promise<void>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw error
  }
}
