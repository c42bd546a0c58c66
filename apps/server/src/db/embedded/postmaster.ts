import { spawn } from 'node:child_process'
import { closeSync, constants, fchownSync, openSync } from 'node:fs'
import { lstat, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errnoOf, ifMissing } from '@cutroom/contracts'
import { holdFifo, isFifoHeld, makeFifo } from '../../held-fifo.ts'
import { giveTo } from './account.ts'
import { databaseFailure } from './failure.ts'
import type { Home } from './home.ts'
import type { Programs } from './programs.ts'

/** Held by PostgreSQL's first process and all that it starts, for as long as any of them lives. */
const ALIVE = 'alive'
const LOG = 'postgres.log'
const LOG_BYTES = 1_000_000
const POLL_MS = 5
/** How long PostgreSQL may take to stop before it is stopped without tidying up, which the next start makes good. */
const STOP_MS = 30_000

/** Whether any process of the home's PostgreSQL lives. */
export const isRunning = (home: Home): boolean => isFifoHeld(path.join(home.path, ALIVE)) === true

/** The end of PostgreSQL that was started here, before it could be reached. */
export type EarlyEnd = () => Promise<Error> | null

/**
 * Starts PostgreSQL on a cluster that nobody runs; it goes on when this process ends. The answer tells whether it has ended again.
 */
export async function startPostgres(
  home: Home,
  cluster: string,
  programs: Programs,
  settings: Readonly<Record<string, string>>,
): Promise<EarlyEnd> {
  const fifo = path.join(home.path, ALIVE)
  if (!(await isThere(fifo))) {
    await makeFifo(fifo)
    await giveTo(home.account, fifo)
  }
  // Nobody of this cluster lives, whosever process has the id that the file names by now.
  await rm(path.join(cluster, 'postmaster.pid'), { force: true })
  const all = {
    listen_addresses: '',
    unix_socket_directories: home.socketDir,
    port: String(home.port),
    // Failed statements are told to those who sent them.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    ...settings,
  }
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const alive = holdFifo(fifo)
  const log = await openLog(home)
  try {
    const child = spawn(programs.postgres, ['-D', cluster, ...args], {
      stdio: ['ignore', log, log, alive],
      env: programs.environment,
      cwd: '/',
      detached: true,
      ...home.account,
    })
    child.unref()
    const failed = Promise.withResolvers<unknown>()
    let ended = false
    child.on('error', (error) => {
      ended = true
      failed.resolve(error)
    })
    child.on('exit', () => {
      ended = true
      failed.resolve(undefined)
    })
    return () => (ended ? failed.promise.then((cause) => describeEnd(home, cause)) : null)
  } finally {
    closeSync(alive)
    closeSync(log)
  }
}

async function describeEnd(home: Home, cause: unknown): Promise<Error> {
  const text = await readFile(path.join(home.path, LOG), 'utf8')
  const lines = text.trimEnd().split('\n').slice(-20)
  return databaseFailure('Starting the database', lines.join('\n'), cause)
}

/** A log that has grown large makes room for a new one, and the one before it goes. */
async function openLog(home: Home): Promise<number> {
  const file = path.join(home.path, LOG)
  const old = await lstat(file).catch(ifMissing(null))
  if (old !== null && old.size > LOG_BYTES) await rename(file, `${file}.1`)
  const { O_CREAT, O_APPEND, O_WRONLY, O_NOFOLLOW } = constants
  const log = openSync(file, O_CREAT | O_APPEND | O_WRONLY | O_NOFOLLOW, 0o600)
  if (home.account !== null) fchownSync(log, home.account.uid, home.account.gid)
  return log
}

/** Ends PostgreSQL: connections are cut, transactions that are under way are undone. Gives the end of its last process. */
export async function stopPostgres(home: Home, cluster: string): Promise<void> {
  const pid = Number.parseInt(await readFile(path.join(cluster, 'postmaster.pid'), 'utf8'), 10)
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    send(pid, signal)
    if (await waitForEnd(home, STOP_MS)) return
  }
}

/** Whether the last process of PostgreSQL ended in time. */
async function waitForEnd(home: Home, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs
  while (isRunning(home)) {
    if (Date.now() > deadline) return false
    await sleep(POLL_MS)
  }
  return true
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error
  }
}

async function isThere(file: string): Promise<boolean> {
  return (await lstat(file).catch(ifMissing(null))) !== null
}
