import { lstat, mkdir, realpath, rename } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError, checkFileName, errnoOf, toFileError } from '@cutroom/contracts'
import { attemptName, FILES, newName, profileDir, sweptName, tempDir } from './layout.ts'
import { type HeldLease, holdLease } from './lease.ts'
import { destroyFolder } from './tree.ts'

/** The private folder of one attempt. It is gone after `remove()`, or at the end of the block with `await using`. */
export interface Scratch extends AsyncDisposable {
  /** Absolute, without symbolic links. */
  readonly path: string
  /** The path of a file in it. Nothing is created. Throws `field-invalid` for a name that is not plain. */
  file(name: string): string
  /** The path of a folder in it, made if it is missing. Throws `field-invalid` for a name that is not plain, `disk-full`. */
  folder(name: string): Promise<string>
  /** Deletes everything. May be called again. */
  remove(): Promise<void>
}

export interface ScratchOptions {
  readonly dataDir: string
  readonly profileId: string
  readonly jobId: string
  /** Which try of the job this is, from 1. */
  readonly attempt: number
  /** How long the folder is safe after the last heartbeat even where its owner is gone. Seconds. */
  readonly leaseSeconds?: number
}

const LEASE_SECONDS = 30

/**
 * Makes the scratch folder of an attempt, for the caller alone, and keeps its lease alive until it is removed.
 * Throws `scratch-conflict` where the attempt has one already or the profile's folder is not a plain folder, `field-invalid`
 * for ids that are not UUIDs, `disk-full`.
 */
export async function createScratch(options: ScratchOptions): Promise<Scratch> {
  const leaseSeconds = options.leaseSeconds ?? LEASE_SECONDS
  const name = attemptName(options.jobId, options.attempt)
  const parent = profileDir(options.dataDir, options.profileId)
  const preparing = path.join(parent, newName())
  const place = path.join(parent, name)
  let lease: HeldLease | undefined
  try {
    await makeProfileDir(options.dataDir, parent)
    await mkdir(preparing, { mode: 0o700 })
    lease = await holdLease(preparing, leaseSeconds)
    await mkdir(path.join(preparing, FILES), { mode: 0o700 })
    // Exclusive: a folder never replaces one that holds something, and every scratch folder holds its lease.
    await rename(preparing, place)
    const real = await refuseDetour(options.dataDir, options.profileId, place)
    return openScratch(real, lease, leaseSeconds)
  } catch (error) {
    // What cannot be deleted now is the sweeper's.
    await destroyFolder(preparing).catch(() => false)
    lease?.release()
    if (errnoOf(error) === 'ENOTEMPTY' || errnoOf(error) === 'EEXIST' || errnoOf(error) === 'ENOTDIR') {
      throw new CutroomError('scratch-conflict', `The scratch folder ${name} exists already.`, {
        cause: error,
      })
    }
    throw toFileError(error, `Making the scratch folder ${name}`)
  }
}

async function makeProfileDir(dataDir: string, folder: string): Promise<void> {
  await mkdir(tempDir(dataDir), { recursive: true, mode: 0o700 })
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
    // lstat, so that a symbolic link to a folder does not pass for one.
    if (!(await lstat(folder)).isDirectory()) throw notPlain(folder)
  }
}

/** The real path of a scratch folder; catches a profile folder that was swapped for a symbolic link after it was looked at. */
async function refuseDetour(dataDir: string, profileId: string, place: string): Promise<string> {
  const straight = path.join(await realpath(tempDir(dataDir)), profileId, path.basename(place))
  if ((await realpath(place)) !== straight) throw notPlain(path.dirname(place))
  return straight
}

const notPlain = (folder: string): CutroomError =>
  new CutroomError('scratch-conflict', `${folder} is not a plain folder, so no scratch is made in it.`, {
    remedy: 'Remove what lies there; Cutroom makes the folder itself.',
  })

function openScratch(place: string, lease: HeldLease, leaseSeconds: number): Scratch {
  // Unref'd: a forgotten scratch must not keep a process from ending. A third, so that two late beats do no harm.
  const heartbeat = setInterval(() => lease.renew(), (leaseSeconds * 1000) / 3).unref()
  let removal: Promise<void> | undefined

  async function removeNow(): Promise<void> {
    const leaving = path.join(path.dirname(place), sweptName(path.basename(place)))
    try {
      await rename(place, leaving)
      await destroyFolder(leaving)
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw toFileError(error, `Removing the scratch folder ${place}`)
    } finally {
      // Last, so that the sweeper leaves alone what is still being deleted here.
      clearInterval(heartbeat)
      lease.release()
    }
  }
  const remove = (): Promise<void> => {
    removal ??= removeNow()
    return removal
  }

  const files = path.join(place, FILES)
  const file = (name: string): string => path.join(files, checkFileName(name, 'name'))
  return {
    path: files,
    file,
    async folder(name) {
      const folder = file(name)
      try {
        await mkdir(folder, { mode: 0o700 })
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST' || !(await lstat(folder)).isDirectory()) {
          throw toFileError(error, `Making the scratch folder ${name}`)
        }
      }
      return folder
    },
    remove,
    [Symbol.asyncDispose]: remove,
  }
}
