import { chown, stat } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { CutroomError } from '@cutroom/contracts'

const POLL_MS = 10
/** SQLite's result code for a lock that somebody else holds. */
const SQLITE_BUSY = 5

/**
 * Runs work while no other process runs work under the same file. Throws `database-unavailable` where it is not free within `waitMs`.
 */
export async function withMutex<T>(file: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  const release = await hold(file, waitMs)
  if (release === null) {
    throw new CutroomError(
      'database-unavailable',
      `Another process has been starting or stopping the database for ${Math.round(waitMs / 1000)} s.`,
      { remedy: `Wait for it, or end the process that has ${file} open.` },
    )
  }
  try {
    return await work()
  } finally {
    release()
  }
}

/**
 * Holds a file that no other process can hold then. Returns the function that lets it go, or `null` where it is not free within
 * `waitMs`. The lock is the one that SQLite puts on an empty database: the kernel frees it when its process ends, however it ends.
 */
export async function hold(file: string, waitMs: number): Promise<(() => void) | null> {
  const lock = new DatabaseSync(file, { timeout: 0 })
  let held = false
  try {
    await shareWithOwner(file)
    const deadline = Date.now() + waitMs
    for (;;) {
      held = tryLock(lock)
      if (held) return () => lock.close()
      if (Date.now() > deadline) return null
      await sleep(POLL_MS)
    }
  } finally {
    if (!held) lock.close()
  }
}

/** Whoever owns the folder can take a lock whose file root has made. */
async function shareWithOwner(file: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await stat(path.dirname(file))
  await chown(file, uid, gid)
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('begin exclusive')
    return true
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false
    throw error
  }
}
