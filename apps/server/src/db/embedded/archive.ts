import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { CutroomError, errnoOf } from '@cutroom/contracts'
import { z } from 'zod'

const execFileAsync = promisify(execFile)

/*
 * A backup is a tar file of two:
 *   manifest.json    what the backup is, and the hash of the other
 *   cluster.tar.gz   the files of the cluster as BASE_BACKUP gives them, with the log that makes them consistent
 */
const FORMAT = 1
const MANIFEST = 'manifest.json'
export const CLUSTER = 'cluster.tar.gz'

const manifestSchema = z.object({
  format: z.number().int(),
  createdAt: z.iso.datetime(),
  /** The major version of PostgreSQL that can read it. */
  postgresMajor: z.number().int(),
  cluster: z.object({ sha256: z.hex(), sizeBytes: z.number().int() }),
})

/** What a backup says about itself. */
export type BackupManifest = z.infer<typeof manifestSchema>

/** Packs the cluster that lies in a folder into a backup in the same folder; gives its path. */
export async function packBackup(folder: string, postgresMajor: number): Promise<string> {
  const cluster = path.join(folder, CLUSTER)
  const manifest: BackupManifest = {
    format: FORMAT,
    createdAt: new Date().toISOString(),
    postgresMajor,
    cluster: { sha256: await hash(cluster), sizeBytes: (await stat(cluster)).size },
  }
  await writeFile(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
  const packed = path.join(folder, 'backup.tar')
  await tar('-cf', packed, '-C', folder, MANIFEST, CLUSTER)
  return packed
}

/** Unpacks a backup into a folder and holds it against its manifest. Throws `backup-damaged`, `backup-unusable`, `file-missing`. */
export async function unpackBackup(
  file: string,
  folder: string,
  postgresMajor: number,
): Promise<BackupManifest> {
  await stat(file).catch((cause) => {
    throw new CutroomError('file-missing', `The backup ${file} does not exist or cannot be read.`, { cause })
  })
  const damaged = (how: string, cause?: unknown) =>
    new CutroomError('backup-damaged', `${file} ${how}.`, { cause })
  let manifest: BackupManifest
  try {
    await tar('-xf', path.resolve(file), '-C', folder, MANIFEST, CLUSTER)
    manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(folder, MANIFEST), 'utf8')))
  } catch (error) {
    if (error instanceof CutroomError) throw error
    throw damaged('is no backup of a database, or it is damaged', error)
  }
  if (manifest.format > FORMAT || manifest.postgresMajor !== postgresMajor) {
    throw new CutroomError(
      'backup-unusable',
      `${file} has format ${manifest.format} and is of PostgreSQL ${manifest.postgresMajor}; this version of Cutroom reads format ${FORMAT} of PostgreSQL ${postgresMajor}.`,
    )
  }
  if ((await hash(path.join(folder, CLUSTER))) !== manifest.cluster.sha256) {
    throw damaged('is damaged: its contents are not those that its manifest names')
  }
  return manifest
}

async function tar(...args: string[]): Promise<void> {
  try {
    await execFileAsync('tar', args)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
    throw new CutroomError('tool-missing', 'The program tar is missing.', { cause: error })
  }
}

async function hash(file: string): Promise<string> {
  const sha256 = createHash('sha256')
  await pipeline(createReadStream(file), sha256)
  return sha256.digest('hex')
}
