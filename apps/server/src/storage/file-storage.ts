import { lstat, mkdir, open, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { CutroomError, errnoOf, ifMissing, toFileError } from '@cutroom/contracts'
import {
  entryDir,
  entryFileName,
  isHash,
  kindDir,
  MANIFEST,
  profileFolder,
  removedFolder,
  trashPlace,
} from './layout.ts'
import { manifestText, readEntry } from './manifest.ts'
import {
  checkSource,
  collectStaging,
  folderBytes,
  openStage,
  removeFolder,
  stageFile,
  syncFolder,
} from './staging.ts'
import type { Entry, EntryKey, LocalStorage, Publication, StoredFile } from './storage.ts'

/** Storage in a folder of this machine: one folder per entry, which appears by one rename. */
export function fileStorage(root: string): LocalStorage {
  return {
    find: (key) => told(`Reading the ${nameOf(key)}`, () => readEntry(entryDir(root, key), key)),
    use: (key) => told(`Reading the ${nameOf(key)}`, () => use(root, key)),
    publish: (key, publication) =>
      told(`Publishing the ${nameOf(key)}`, () => publish(root, key, publication)),
    read: (key, name, range) => told(`Reading the ${nameOf(key)}`, () => readPart(root, key, name, range)),
    list: (profileId, kind) =>
      told(`Listing the ${kind} folder`, async () => {
        const names = await readdir(kindDir(root, profileId, kind)).catch(ifMissing<string[]>([]))
        return names
          .filter(isHash)
          .sort()
          .map((hash) => ({ profileId, kind, hash }))
      }),
    removeUnused: (key, sinceMs, dryRun = false) =>
      told(`Removing the ${nameOf(key)}`, () => removeUnused(root, key, sinceMs, dryRun)),
    collect: (profileId) => told('Collecting unfinished publications', () => collectStaging(root, profileId)),
    removeProfile: (profileId) =>
      told('Removing the files of a profile', () => removeProfile(root, profileId)),
    localPath: (key, name) => path.join(entryDir(root, key), entryFileName(name)),
  }
}

const nameOf = ({ kind, hash }: EntryKey): string => `${kind} ${hash}`

/** Runs a file operation whose failures are told as `disk-full` or `internal`, unless they have a code already. */
async function told<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toFileError(error, doing)
  }
}

async function publish(root: string, key: EntryKey, publication: Publication): Promise<Entry> {
  const place = entryDir(root, key)
  const sources = Object.entries(publication.files)
  for (const [name, source] of sources) await checkSource(entryFileName(name), source)
  await using stage = await openStage(root, key.profileId, scratchOf(publication))
  const files: Record<string, StoredFile> = {}
  for (const [name, source] of sources)
    files[name] = await stageFile(source, path.join(stage.path, name), publication.hashes?.[name])
  const entry: Entry = { key, files, meta: publication.meta }
  const manifest = path.join(stage.path, MANIFEST)
  await writeFile(manifest, manifestText(entry), { flag: 'wx', mode: 0o600, flush: true })
  await syncFolder(stage.path)
  const kindFolder = path.dirname(place)
  await mkdir(kindFolder, { recursive: true, mode: 0o700 })
  // Ends: every turn moves the stage in, finds a sound entry, or takes a damaged one out of the way.
  while (!(await movedIn(stage.path, place))) {
    const existing = await use(root, key)
    if (existing !== null) return existing
    await discardDamaged(root, key, place)
  }
  // The kind's and the profile's folder may be new themselves.
  for (const folder of [kindFolder, path.dirname(kindFolder), root]) await syncFolder(folder)
  return entry
}

function scratchOf({ files }: Publication): string {
  const [first] = Object.values(files)
  if (first !== undefined) return path.dirname(first)
  throw new CutroomError('field-invalid', 'An entry has at least one file.', { field: 'files' })
}

/** Whether a stage became the entry; not where one is there already, since an entry is never an empty folder. */
async function movedIn(stage: string, place: string): Promise<boolean> {
  try {
    await rename(stage, place)
    return true
  } catch (error) {
    if (errnoOf(error) === 'ENOTEMPTY' || errnoOf(error) === 'EEXIST') return false
    throw error
  }
}

async function discardDamaged(root: string, key: EntryKey, place: string): Promise<void> {
  const taken = await takeOut(root, key, place)
  if (taken === null) return
  // Another publisher may have mended it since it was found damaged; then it goes back.
  if ((await readEntry(taken, key)) !== null && (await movedIn(taken, place))) return
  await removeFolder(taken)
}

/** The folder is moved away first, so that nobody meets a profile that is half there. */
async function removeProfile(root: string, profileId: string): Promise<void> {
  const removed = removedFolder(root, profileId)
  await rm(removed, { recursive: true, force: true })
  await rename(profileFolder(root, profileId), removed).catch(ifMissing(undefined))
  await rm(removed, { recursive: true, force: true })
}

/** Moves an entry to the trash; `null` where there is none. */
async function takeOut(root: string, key: EntryKey, place: string): Promise<string | null> {
  if ((await lstat(place).catch(ifMissing(null))) === null) return null
  const trash = trashPlace(root, key.profileId)
  await mkdir(path.dirname(trash), { recursive: true, mode: 0o700 })
  return rename(place, trash).then(() => trash, ifMissing(null))
}

/** The modification time of its folder is when an entry was published or last used. Marked before it is read, so that what is found stays. */
async function use(root: string, key: EntryKey): Promise<Entry | null> {
  const place = entryDir(root, key)
  const now = new Date()
  const marked = await utimes(place, now, now).then(() => true, ifMissing(false))
  return marked ? readEntry(place, key) : null
}

async function removeUnused(
  root: string,
  key: EntryKey,
  sinceMs: number,
  dryRun: boolean,
): Promise<number | null> {
  const place = entryDir(root, key)
  const unused = async (folder: string): Promise<boolean> => {
    const found = await lstat(folder).catch(ifMissing(null))
    return found !== null && found.mtimeMs < sinceMs
  }
  if (!(await unused(place))) return null
  if (dryRun) return folderBytes(place)
  const trash = await takeOut(root, key, place)
  if (trash === null) return null
  // Whoever marked it between the look and the move builds on it: it goes back.
  if (!(await unused(trash)) && (await movedIn(trash, place))) return null
  return removeFolder(trash)
}

async function readPart(
  root: string,
  key: EntryKey,
  name: string,
  range: { readonly start: number; readonly end: number } | undefined,
): Promise<Readable> {
  const place = entryDir(root, key)
  const file = (await readEntry(place, key))?.files[entryFileName(name)]
  if (file === undefined) {
    throw new CutroomError('file-missing', `There is no file ${name} in the ${nameOf(key)}.`)
  }
  const { start, end } = range ?? { start: 0, end: file.sizeBytes }
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end)
  if (!whole || start < 0 || start > end || end > file.sizeBytes) {
    throw new CutroomError(
      'field-invalid',
      `The range ${start} to ${end} is not inside of the ${file.sizeBytes} bytes of ${name}.`,
      { field: 'range' },
    )
  }
  if (start === end) return Readable.from([])
  const handle = await open(path.join(place, name))
  return handle.createReadStream({ start, end: end - 1 })
}
