import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { CutroomError, toFileError } from '@cutroom/contracts'
import { noteRestore, openDataFolder, setDataFolderId } from '../../data-folder.ts'
import { giveTo } from './account.ts'
import { type BackupManifest, CLUSTER, packBackup, unpackBackup } from './archive.ts'
import { baseBackup } from './base-backup.ts'
import { draftPath, flush, flushCluster, listMajors, placeCluster, removeLeftovers } from './cluster.ts'
import { type EmbeddedDatabase, MUTEX_WAIT_MS, mutexFile } from './embedded.ts'
import { databaseFailure } from './failure.ts'
import { type Home, openHome } from './home.ts'
import { withMutex } from './mutex.ts'
import { isRunning } from './postmaster.ts'
import { findDistribution, preparePrograms } from './programs.ts'

/**
 * Writes the whole embedded database, as it is at the end, into a file, while it is in use; the file appears whole or not at all, and takes
 * the place of one of that name. The media files of the data folder (`storage/`) are not part of it. Throws `disk-full`.
 */
export async function backupDatabase(
  { connection }: EmbeddedDatabase,
  file: string,
  signal?: AbortSignal,
): Promise<void> {
  const { major } = await findDistribution()
  const folder = `${path.resolve(file)}.${randomUUID()}`
  try {
    await mkdir(folder, { mode: 0o700 })
    const files = await baseBackup(connection)
    await pipeline(files, createGzip({ level: 3 }), createWriteStream(path.join(folder, CLUSTER)), {
      signal,
    })
    const packed = await packBackup(folder, major)
    await flush(packed)
    signal?.throwIfAborted()
    await rename(packed, file)
    await flush(path.dirname(path.resolve(file)))
  } catch (error) {
    throw toFileError(error, 'Backing up the database')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export interface RestoreOptions {
  readonly dataDir: string
  readonly file: string
  /** Whether a database that is there goes. */
  readonly replace?: boolean
  /** Ends it as long as nothing has been replaced. */
  readonly signal?: AbortSignal
}

/**
 * Puts a backup where the embedded database of a data folder is, or is to be; nothing is touched unless the backup is sound. Throws
 * `data-folder-in-use`, `database-not-empty`, `backup-damaged`, `backup-unusable`, `file-missing`, `disk-full`.
 */
export async function restoreDatabase({
  dataDir,
  file,
  replace,
  signal,
}: RestoreOptions): Promise<BackupManifest> {
  const distribution = await findDistribution()
  const { major } = distribution
  await openDataFolder(dataDir)
  return withMutex(mutexFile(dataDir), MUTEX_WAIT_MS, async () => {
    const home = await openHome(dataDir)
    if (isRunning(home)) {
      throw new CutroomError('data-folder-in-use', `The database of ${dataDir} is running.`)
    }
    await removeLeftovers(home.path)
    if (replace !== true && (await listMajors(home.path)).length > 0) {
      throw new CutroomError('database-not-empty', `${dataDir} has a database already.`)
    }
    const unpacked = draftPath(home.path)
    const cluster = draftPath(home.path)
    try {
      await mkdir(unpacked, { mode: 0o700 })
      const manifest = await unpackBackup(file, unpacked, major)
      signal?.throwIfAborted()
      await mkdir(cluster, { mode: 0o700 })
      await unpackCluster(home, path.join(unpacked, CLUSTER), cluster)
      signal?.throwIfAborted()
      await flushCluster(home, await preparePrograms(home, distribution), cluster)
      signal?.throwIfAborted()
      await noteRestore(dataDir)
      // From here on the folder belongs to the database of the backup.
      await setDataFolderId(dataDir, null)
      await placeCluster(home, cluster, major)
      return manifest
    } catch (error) {
      throw toFileError(error, 'Restoring the database')
    } finally {
      await removeLeftovers(home.path)
    }
  })
}

/** Unpacks as the user who is to own the files. */
async function unpackCluster(home: Home, packed: string, folder: string): Promise<void> {
  await giveTo(home.account, folder)
  const tar = spawn('tar', ['-xf', '-'], {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
    ...home.account,
  })
  const [output, [status]] = await Promise.all([
    text(tar.stderr),
    once(tar, 'close'),
    // Where tar ends early, its own words say why.
    pipeline(createReadStream(packed), createGunzip(), tar.stdin).catch(() => undefined),
  ])
  if (status !== 0) throw databaseFailure('Unpacking the backup', output)
}
