import { dropKept, keepJson, keptJson, keptKeys } from './keepsakes.ts'
import type { FileMark } from './uploads.ts'

/**
 * What this browser remembers of uploads that have not ended, so that another page of it can go on with them. Everything is kept under the
 * id of its profile, and one of its own.
 */
export interface Kept extends FileMark {
  /** The server's id of the upload; `null` where it was not begun. */
  readonly uploadId: string | null
}

const keyOf = (profileId: string, id = ''): string => `cutroom:upload:${profileId}:${id}`

export const keep = (profileId: string, id: string, kept: Kept): void =>
  void keepJson(keyOf(profileId, id), kept)

export function forget(profileId: string, id: string): void {
  dropKept(keyOf(profileId, id))
  void withHandles('readwrite', (store) => store.delete(keyOf(profileId, id))).catch(() => undefined)
}

/** Those of a profile that no other page of this browser has. */
export async function keptOf(profileId: string): Promise<{ readonly id: string; readonly kept: Kept }[]> {
  const held = await heldKeys()
  return keptKeys(keyOf(profileId))
    .filter((key) => !held.has(key))
    .flatMap((key) => {
      const kept = keptJson<Kept>(key)
      return kept === null ? [] : [{ id: key.slice(keyOf(profileId).length), kept }]
    })
}

/** Another page may take many files in at once. */
const CALM_MS = 300

/** Calls back when another page of this browser has taken in, begun or ended uploads of a profile. */
export function onOthers(profileId: string, listener: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  addEventListener('storage', ({ key }) => {
    if (!key?.startsWith(keyOf(profileId))) return
    clearTimeout(timer)
    timer = setTimeout(listener, CALM_MS)
  })
}

/** Pages that are reached by plain http have no locks: there, another page's upload looks like one that stopped. */
const locks = (): LockManager | undefined => navigator.locks as LockManager | undefined

async function heldKeys(): Promise<ReadonlySet<string | undefined>> {
  const state = await locks()?.query()
  return new Set(state?.held?.map(({ name }) => name))
}

/** Tells other pages that this one has an upload, until the returned function is called or the page is gone. */
export function hold(profileId: string, id: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  void locks()?.request(keyOf(profileId, id), { ifAvailable: true }, () => promise)
  return resolve
}

/** Keeps how to open a file again without asking for it by name. */
export async function keepHandle(profileId: string, id: string, handle: FileSystemFileHandle) {
  await withHandles('readwrite', (store) => store.put(handle, keyOf(profileId, id)))
}

export const keptHandle = (profileId: string, id: string): Promise<ReopenableHandle | undefined> =>
  withHandles('readonly', (store) => store.get(keyOf(profileId, id))).catch(() => undefined)

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
