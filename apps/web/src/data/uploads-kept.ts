import { dropKept, keepJson, keptJson, keptKeys } from './keepsakes.ts'
import type { FileMark } from './uploads.ts'

/**
 * What this browser remembers of uploads that were begun, so that another page of it can go on with them. Everything is kept under the
 * id of its profile.
 */
export interface Kept extends FileMark {
  /** The server's id of the upload. */
  readonly uploadId: string
}

const keyOf = (profileId: string, uploadId = ''): string => `cutroom:upload:${profileId}:${uploadId}`

export const keep = (profileId: string, kept: Kept): void =>
  void keepJson(keyOf(profileId, kept.uploadId), kept)

export function forget(profileId: string, uploadId: string): void {
  dropKept(keyOf(profileId, uploadId))
  void withHandles('readwrite', (store) => store.delete(keyOf(profileId, uploadId))).catch(() => undefined)
}

/** Those of a profile that no other page of this browser is sending. */
export async function keptOf(profileId: string): Promise<Kept[]> {
  const held = await heldKeys()
  return keptKeys(keyOf(profileId))
    .filter((key) => !held.has(key))
    .flatMap((key) => keptJson<Kept>(key) ?? [])
}

/** Calls back when another page of this browser begins or ends an upload of a profile. */
export function onOthers(profileId: string, listener: () => void): void {
  addEventListener('storage', ({ key }) => {
    if (key?.startsWith(keyOf(profileId))) listener()
  })
}

/** Pages that are reached by plain http have no locks: there, another page's upload looks like one that stopped. */
const locks = (): LockManager | undefined => navigator.locks as LockManager | undefined

async function heldKeys(): Promise<ReadonlySet<string | undefined>> {
  const state = await locks()?.query()
  return new Set(state?.held?.map(({ name }) => name))
}

/** Tells other pages that this one sends an upload, until the returned function is called or the page is gone. */
export function hold(profileId: string, uploadId: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  void locks()?.request(keyOf(profileId, uploadId), { ifAvailable: true }, () => promise)
  return resolve
}

/** Keeps how to open a file again without asking for it by name. */
export async function keepHandle(profileId: string, uploadId: string, handle: FileSystemFileHandle) {
  await withHandles('readwrite', (store) => store.put(handle, keyOf(profileId, uploadId)))
}

export const keptHandle = (profileId: string, uploadId: string): Promise<ReopenableHandle | undefined> =>
  withHandles('readonly', (store) => store.get(keyOf(profileId, uploadId))).catch(() => undefined)

/** Chromium asks the person again after a reload, within a click. */
export interface ReopenableHandle extends FileSystemFileHandle {
  queryPermission(): Promise<PermissionState>
  requestPermission(): Promise<PermissionState>
}

const STORE = 'handles'

async function withHandles<T>(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open('cutroom-uploads', 1)
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE))
  const database = await settled(opening)
  try {
    return await settled(use(database.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    database.close()
  }
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })
