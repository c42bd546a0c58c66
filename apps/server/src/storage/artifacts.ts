import { CutroomError, type EntryKind } from '@cutroom/contracts'
import { recipeHash } from './recipe.ts'
import type { Entry, EntryKey, LocalStorage, Publication } from './storage.ts'

/** Files that were made from a recipe. */
export interface Artifact extends Entry {
  /** False where it was there already. */
  readonly made: boolean
  /** The absolute path of one of its files. Throws `file-missing` for a name that it does not have. */
  path(name: string): string
}

export interface ArtifactStore {
  /** The artifact of a recipe, for whoever is about to build on it; `null` where it was not made. */
  find(profileId: string, kind: EntryKind, recipe: unknown): Promise<Artifact | null>
  /** The same by its key, for whoever knows it from a row. */
  open(key: EntryKey): Promise<Artifact | null>
  /**
   * The artifact of a recipe, which is everything that decides its bytes, as plain JSON: found, or made and published. Callers in this
   * process that want the same one at the same time have it made once. A failure or cancellation is its maker's own: the next in
   * line makes the artifact itself. Two processes may both make it; the first to publish wins.
   * `signal` ends the waiting for another's making with `cancelled`; a maker watches it itself.
   */
  ensure(
    profileId: string,
    kind: EntryKind,
    recipe: unknown,
    make: () => Promise<Publication>,
    signal?: AbortSignal,
  ): Promise<Artifact>
}

/** Artifacts kept in a storage. One instance per process, since it knows what is being made. */
export function artifactStore(storage: LocalStorage): ArtifactStore {
  /** What is being made, by place; settles, without an error, once that is over. */
  const making = new Map<string, Promise<void>>()

  /** Takes the place of the maker until `work` is over. Synchronous up to its first wait, so that only one can. */
  async function asMaker(place: string, work: () => Promise<Artifact>): Promise<Artifact> {
    const over = Promise.withResolvers<void>()
    making.set(place, over.promise)
    try {
      return await work()
    } finally {
      making.delete(place)
      over.resolve()
    }
  }

  async function open(key: EntryKey): Promise<Artifact | null> {
    const found = await storage.use(key)
    return found && artifact(storage, found, false)
  }

  return {
    find: (profileId, kind, recipe) => open({ profileId, kind, hash: recipeHash(recipe) }),
    open,
    async ensure(profileId, kind, recipe, make, signal) {
      const key = { profileId, kind, hash: recipeHash(recipe) }
      const place = `${profileId}/${kind}/${key.hash}`
      for (;;) {
        refuseCancelled(signal)
        const other = making.get(place)
        if (other === undefined) {
          return asMaker(place, async () => {
            return (await open(key)) ?? artifact(storage, await storage.publish(key, await make()), true)
          })
        }
        await settledOrCancelled(other, signal)
      }
    },
  }
}

function artifact(storage: LocalStorage, entry: Entry, made: boolean): Artifact {
  return {
    ...entry,
    made,
    path(name) {
      if (entry.files[name] !== undefined) return storage.localPath(entry.key, name)
      throw new CutroomError('file-missing', `The ${entry.key.kind} ${entry.key.hash} has no file ${name}.`)
    },
  }
}

function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new CutroomError('cancelled', 'The work was cancelled.', { cause: signal.reason })
  }
}

async function settledOrCancelled(other: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return other
  const cancelled = Promise.withResolvers<void>()
  const wake = (): void => cancelled.resolve()
  signal.addEventListener('abort', wake, { once: true })
  try {
    if (!signal.aborted) await Promise.race([other, cancelled.promise])
  } finally {
    signal.removeEventListener('abort', wake)
  }
}
