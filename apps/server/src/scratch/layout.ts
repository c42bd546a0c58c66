import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { CutroomError, checkId, isId } from '@cutroom/contracts'

/*
 * temp/<profileId>/<jobId>.<attempt>/     one attempt; everything below belongs to it
 *   lease        a FIFO that the owner holds open; its modification time is the last heartbeat (lease.ts)
 *   owner.json   who the owner is (lease.ts)
 *   files/       what the work sees and writes
 * temp/<profileId>/.new-<uuid>/           one that is being made; renamed to its name once it is whole
 * temp/<profileId>/.swept-<uuid>.<name>/  one that was taken away from its name and is being deleted
 *
 * A folder without `owner.json` holds no work: the owner is written down before the first file can appear, and forgotten after
 * the last is gone.
 */
export const LEASE = 'lease'
export const OWNER = 'owner.json'
export const FILES = 'files'

export type FolderKind = 'attempt' | 'new' | 'swept' | 'foreign'

const NEW = '.new-'
const SWEPT = '.swept-'
const UUID_LENGTH = 36

/** A name that nobody had before, for a folder that is being made. */
export const newName = (): string => `${NEW}${randomUUID()}`

/** A name that nobody had before, for a folder that is taken away from the name it has. */
export const sweptName = (name: string): string => `${SWEPT}${randomUUID()}.${name}`

/** The name that a folder had before it was taken away, or the one that it has. */
export const ownName = (name: string): string =>
  folderKind(name) === 'swept' ? name.slice(SWEPT.length + UUID_LENGTH + 1) : name

/** The folder name of an attempt. Throws `field-invalid` for anything but a UUID and a whole number from 1. */
export function attemptName(jobId: string, attempt: number): string {
  checkId(jobId, 'jobId')
  if (!Number.isSafeInteger(attempt) || attempt < 1) {
    throw new CutroomError('field-invalid', 'attempt must be a whole number from 1.', { field: 'attempt' })
  }
  return `${jobId}.${attempt}`
}

/** The attempt whose folder has a name, or had it before it was taken away; `null` for one that is being made and the like. */
export function attemptOf(name: string): { readonly jobId: string; readonly attempt: number } | null {
  const own = ownName(name)
  if (folderKind(own) !== 'attempt') return null
  const [jobId = '', attempt] = own.split('.')
  return { jobId, attempt: Number(attempt) }
}

/** What a name below `temp/<profileId>` stands for; `foreign` is whatever Cutroom did not put there. */
export function folderKind(name: string): FolderKind {
  if (name.startsWith(NEW) && isId(name.slice(NEW.length))) return 'new'
  if (name.startsWith(SWEPT) && isId(name.slice(SWEPT.length, SWEPT.length + UUID_LENGTH))) return 'swept'
  const [jobId = '', attempt = '', ...rest] = name.split('.')
  return rest.length === 0 && isId(jobId) && /^[1-9]\d{0,15}$/.test(attempt) ? 'attempt' : 'foreign'
}

/** The folder of all scratch. */
export const tempDir = (dataDir: string): string => path.join(dataDir, 'temp')

/** The scratch folder of one profile. Throws `field-invalid` for anything but a UUID. */
export const profileDir = (dataDir: string, profileId: string): string =>
  path.join(tempDir(dataDir), checkId(profileId, 'profileId'))
