import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { CutroomError, checkFileName, checkId, ENTRY_KINDS, type EntryKind } from '@cutroom/contracts'
import type { EntryKey } from './storage.ts'

/*
 * <root>/<profileId>/<kind>/<hash>/         one entry
 *   manifest.json                             its key, the size and hash of each file, and the publisher's facts
 *   <name>                                    its files
 * <root>/<profileId>/.staging/              what is on its way in or out (staging.ts)
 * <root>/.removed-<profileId>/              all of a profile that is gone, while it is being deleted
 */
export const MANIFEST = 'manifest.json'

const HASH = /^[0-9a-f]{64}$/

export const isHash = (text: string): boolean => HASH.test(text)

export const kindDir = (root: string, profileId: string, kind: EntryKind): string => {
  if (!ENTRY_KINDS.includes(kind)) {
    throw new CutroomError('field-invalid', `There is no kind of entry named ${JSON.stringify(kind)}.`, {
      field: 'kind',
    })
  }
  return path.join(root, checkId(profileId, 'profileId'), kind)
}

export function entryDir(root: string, { profileId, kind, hash }: EntryKey): string {
  if (!isHash(hash)) {
    throw new CutroomError('field-invalid', 'hash must be 64 hexadecimal digits in lower case.', {
      field: 'hash',
    })
  }
  return path.join(kindDir(root, profileId, kind), hash)
}

/** A name that a file of an entry may have. */
export function entryFileName(name: string): string {
  if (name !== MANIFEST) return checkFileName(name, 'file name')
  throw new CutroomError('field-invalid', `The name ${MANIFEST} is taken.`, { field: 'file name' })
}

export const stagingDir = (root: string, profileId: string): string =>
  path.join(root, checkId(profileId, 'profileId'), '.staging')

/** Marks what was taken out of its place to be deleted. */
export const TRASH = '.trash'

/** A new place for something that is only to be deleted. */
export const trashPlace = (root: string, profileId: string): string =>
  path.join(stagingDir(root, profileId), `${randomUUID()}${TRASH}`)

export const profileFolder = (root: string, profileId: string): string =>
  path.join(root, checkId(profileId, 'profileId'))

/** Where the folder of a profile that is gone is deleted. */
export const removedFolder = (root: string, profileId: string): string =>
  path.join(root, `.removed-${checkId(profileId, 'profileId')}`)
