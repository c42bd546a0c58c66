import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from './setup-error.mjs'

const LONGEST_WAIT_MS = 15 * 60_000

/**
 * Does the work while no other process of this machine holds the lock. The lock is a file that names its owner's process; one whose
 * process is gone is removed.
 *
 * @template T
 * @param {string} file
 * @param {(line: string) => void} say
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, say, work) {
  const mine = `${process.pid} ${randomUUID()}`
  const release = () => rmSync(file, { force: true })
  const giveUp = Date.now() + LONGEST_WAIT_MS
  for (let waits = 0; !create(file, mine); waits++) {
    const owner = read(file)
    if (owner !== null && !isAlive(owner)) removeDead(file, owner)
    else {
      if (waits === 1) say('Waiting for another set-up of this folder to finish.')
      if (Date.now() > giveUp) {
        throw new SetupError(
          `Another set-up is still at work. If there is none, remove ${file} and try again.`,
        )
      }
      await sleep(200)
    }
  }
  process.on('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/**
 * Removes the lock of an owner that is gone. Only the process that creates the marker may do so, and only while
 * the lock is still the dead one's: a lock that somebody took in the meantime stays.
 *
 * @param {string} file
 * @param {string} owner
 */
function removeDead(file, owner) {
  const marker = `${file}.${owner.split(' ')[1]}`
  if (!create(marker, '')) return
  if (read(file) === owner) rmSync(file)
  rmSync(marker)
}

/**
 * @param {string} file
 * @param {string} text
 */
function create(file, text) {
  try {
    writeFileSync(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw new SetupError(
      `Set-up cannot write ${file} (${errorCode(error)}). Make the folder writable and try again.`,
    )
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** @param {string} owner */
function isAlive(owner) {
  const pid = Number.parseInt(owner, 10)
  // Empty for the instant between the creation of the file and its first write.
  if (Number.isNaN(pid)) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** @param {unknown} error */
const errorCode = (error) => (error instanceof Error && 'code' in error ? String(error.code) : String(error))
