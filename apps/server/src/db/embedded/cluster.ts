import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { CutroomError, ifErrno, ifMissing } from '@cutroom/contracts'
import { databaseFailure } from './failure.ts'
import { type Home, homePath } from './home.ts'
import type { Programs } from './programs.ts'

const execFileAsync = promisify(execFile)

/** The superuser of the cluster. */
export const SUPERUSER = 'cutroom'

/** A cluster that is being put together; nothing counts as a cluster under such a name. */
const DRAFT = /^new-/
export const draftPath = (home: string): string => path.join(home, `new-${randomUUID()}`)

/** Settings that an operator may change in the cluster's postgresql.conf. */
const FIRST_SETTINGS = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Parallel queries need /dev/shm, which containers keep small, and the cores have other work.
  max_parallel_workers_per_gather: '0',
}

/** A cluster that a restored one takes the place of. */
const REPLACED = '.replaced'

/** The major versions of PostgreSQL of which there are clusters. */
export async function listMajors(home: string): Promise<number[]> {
  return (await readdir(home)).filter((name) => /^\d+$/.test(name)).map(Number)
}

/** Whether a data folder has a database of its own, of whatever version. */
export const hasCluster = async (dataDir: string): Promise<boolean> =>
  (await listMajors(homePath(dataDir)).catch(ifMissing([]))).length > 0

/**
 * The folder of the cluster of a major version of PostgreSQL, `<home>/<major>/`, or `null` where there is none yet. Throws
 * `data-folder-newer` and `data-folder-older` where another major version's is there, and `database-damaged`.
 */
export async function findCluster(home: string, major: number): Promise<string | null> {
  const majors = await listMajors(home)
  const newest = Math.max(...majors)
  if (newest > major) {
    throw new CutroomError(
      'data-folder-newer',
      `The database in ${home} was made by PostgreSQL ${newest}; this version of Cutroom brings PostgreSQL ${major}.`,
      { details: { found: newest, known: major } },
    )
  }
  if (majors.length > 0 && newest < major) {
    throw new CutroomError(
      'data-folder-older',
      `The database in ${home} was made by PostgreSQL ${newest}; this version of Cutroom brings PostgreSQL ${major}, which cannot read it.`,
      { details: { found: newest, known: major } },
    )
  }
  if (majors.length === 0) return null
  const cluster = path.join(home, String(major))
  const version = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(
    ifErrno(['ENOENT', 'ENOTDIR'], null),
  )
  if (version?.trim() === String(major)) return cluster
  throw new CutroomError(
    'database-damaged',
    `The folder ${cluster} holds no database of PostgreSQL ${major}.`,
    {
      remedy: `Restore a backup; where there is none and ${cluster} holds nothing of worth, move it away and start again.`,
    },
  )
}

/** Makes a cluster, whole or not at all. `sync: false` leaves it to chance whether it outlives a power cut. */
export async function makeCluster(
  home: Home,
  programs: Programs,
  { major, sync }: { major: number; sync: boolean },
): Promise<string> {
  const draft = draftPath(home.path)
  const settings = Object.entries(FIRST_SETTINGS).flatMap(([name, value]) => ['--set', `${name}=${value}`])
  const args = [
    ...['--pgdata', draft, '--username', SUPERUSER, '--auth', 'trust', '--encoding', 'UTF8'],
    // The same order of texts on every system, and no index that an update of the C library makes wrong.
    ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
    ...['--no-instructions', ...(sync ? [] : ['--no-sync']), ...settings],
  ]
  try {
    await execFileAsync(programs.initdb, args, { env: programs.environment, cwd: '/', ...home.account })
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    if (output.includes('could not look up effective user ID')) {
      throw new CutroomError('database-unavailable', 'PostgreSQL runs only as a user who has a name.', {
        cause: error,
        remedy: 'Add the user to /etc/passwd, start Cutroom as another user, or set DATABASE_URL.',
      })
    }
    throw databaseFailure('Making the database', output, error)
  }
  return placeCluster(home, draft, major)
}

/** A cluster's files, on to the disk for good. */
export async function flushCluster(home: Home, programs: Programs, cluster: string): Promise<void> {
  const options = { env: programs.environment, cwd: '/', ...home.account }
  await execFileAsync(programs.initdb, ['--sync-only', '--pgdata', cluster], options)
}

/** Gives a finished cluster its name, in place of any that is there. */
export async function placeCluster(home: Home, draft: string, major: number): Promise<string> {
  const before = (await listMajors(home.path)).map((found) => path.join(home.path, String(found)))
  for (const old of before) await rename(old, old + REPLACED)
  const cluster = path.join(home.path, String(major))
  await rename(draft, cluster)
  // What nobody has flushed could have its old name after a power cut, and be removed as half made.
  await flush(home.path)
  await removeLeftovers(home.path)
  return cluster
}

/**
 * Removes what somebody who was killed has left half made, and takes back a cluster that was not replaced in the end. Only for whoever
 * holds the mutex of the data folder.
 */
export async function removeLeftovers(home: string): Promise<void> {
  const replaced = (await readdir(home)).filter((name) => name.endsWith(REPLACED))
  const takeBack = (await listMajors(home)).length === 0
  for (const name of replaced) {
    const old = path.join(home, name)
    if (takeBack) await rename(old, old.slice(0, -REPLACED.length))
    else await removeTree(old)
  }
  for (const name of await readdir(home)) {
    if (DRAFT.test(name)) await removeTree(path.join(home, name))
  }
}

// Programs of the one who was killed may still be writing.
const removeTree = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 5 })

/** A file or folder, on to the disk for good. */
export async function flush(file: string): Promise<void> {
  await using handle = await open(file)
  await handle.sync()
}
