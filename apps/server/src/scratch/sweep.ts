import { lstat, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { ifErrno, ifMissing, toFileError } from '@cutroom/contracts'
import { attemptOf, FILES, folderKind, ownName, profileDir, sweptName } from './layout.ts'
import { readLease } from './lease.ts'
import { destroyFolder, folderBytes } from './tree.ts'

/**
 * Why something was left alone.
 * `alive`: its owner still runs. `lease-running`: the owner is gone, but its lease has not run out. `too-young`: younger than asked for.
 * `owner-unknown`: nobody here can prove the owner gone, as it worked on another machine and on no job that is known to be over.
 * `not-ours`: nothing that Cutroom put there. `no-permission`: this process may not read or delete it.
 */
export type KeptReason =
  | 'alive'
  | 'lease-running'
  | 'too-young'
  | 'owner-unknown'
  | 'not-ours'
  | 'no-permission'

export interface SweepReport {
  /** By the name that each had while it was in use. */
  readonly removed: readonly { readonly path: string; readonly sizeBytes: number }[]
  readonly kept: readonly { readonly path: string; readonly why: KeptReason }[]
  readonly bytesFreed: number
}

export interface SweepOptions {
  readonly dataDir: string
  /** The profile whose folder is looked at; no other is read. */
  readonly profileId: string
  /** Report what would be removed, and remove nothing. */
  readonly dryRun?: boolean
  /** Keep what had its last heartbeat less than so many seconds ago. */
  readonly olderThanSeconds?: number
  /** Whether an attempt of the profile is known to be over: then an owner on another machine is gone once its lease has run out. */
  readonly isOver?: (jobId: string, attempt: number) => Promise<boolean>
  /** The time to judge leases by, in milliseconds since 1970. */
  readonly nowMs?: number
}

/** How long a folder may take to be made before it counts as left behind. It holds no work yet, so this only spares its maker a failure. */
const MAKING_SECONDS = 60

/** `empty`: on its way in or out and without work. `vanished`: somebody else moved or removed it meanwhile. */
type Verdict = KeptReason | 'dead' | 'empty' | 'vanished'
type Outcome = KeptReason | { readonly sizeBytes: number } | 'nothing'

/**
 * Removes the scratch folders of a profile whose lease has run out and whose owner is proven gone, and nothing else. Any number of
 * sweepers may run at once, beside owners that come and go; each folder is reported as removed by one of them, with the bytes that it found.
 */
export async function sweep(options: SweepOptions): Promise<SweepReport> {
  const removed: { path: string; sizeBytes: number }[] = []
  const kept: { path: string; why: KeptReason }[] = []
  try {
    for (const place of await candidates(options, kept)) {
      const outcome = await sweepOne(place, options).catch(ifForbidden('no-permission' as const))
      if (outcome === 'nothing') continue
      const named = path.join(path.dirname(place), ownName(path.basename(place)))
      if (typeof outcome === 'object') removed.push({ path: named, ...outcome })
      else kept.push({ path: place, why: outcome })
    }
  } catch (error) {
    throw toFileError(error, 'Sweeping scratch')
  }
  return { removed, kept, bytesFreed: removed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) }
}

/** Everything below the profile's folder. What lies where that folder should be goes straight to `kept`. */
async function candidates(
  options: SweepOptions,
  kept: { path: string; why: KeptReason }[],
): Promise<string[]> {
  const folder = profileDir(options.dataDir, options.profileId)
  const plain = await isPlainFolder(folder)
  if (plain === null) return []
  if (!plain) {
    kept.push({ path: folder, why: 'not-ours' })
    return []
  }
  const names = await namesIn(folder).catch(ifForbidden(null))
  if (names === null) kept.push({ path: folder, why: 'no-permission' })
  return (names ?? []).map((name) => path.join(folder, name))
}

async function sweepOne(place: string, options: SweepOptions): Promise<Outcome> {
  const verdict = await judge(place, options)
  if (verdict === 'vanished') return 'nothing'
  if (verdict !== 'dead' && verdict !== 'empty') return verdict
  if (options.dryRun === true) {
    return verdict === 'empty' ? 'nothing' : { sizeBytes: await folderBytes(path.join(place, FILES)) }
  }
  // A name on its way out is used once, so several may delete it where it is.
  return folderKind(path.basename(place)) === 'swept' ? destroy(place) : takeAway(place, options)
}

/**
 * Moves a dead folder out of its name, then judges it once more: since it was first judged, another sweeper may have removed it and
 * the attempt may have been made anew. The lease moves with the folder, so the second look is at what was really taken.
 */
async function takeAway(place: string, options: SweepOptions): Promise<Outcome> {
  const taken = path.join(path.dirname(place), sweptName(path.basename(place)))
  if (!(await renamed(place, taken))) return 'nothing'
  const verdict = await judge(taken, options)
  if (verdict === 'dead' || verdict === 'empty') return destroy(taken)
  await renamed(taken, place)
  return verdict === 'vanished' ? 'nothing' : verdict
}

async function destroy(folder: string): Promise<Outcome> {
  const sizeBytes = await folderBytes(path.join(folder, FILES))
  return (await destroyFolder(folder)) ? { sizeBytes } : 'nothing'
}

async function judge(place: string, options: SweepOptions): Promise<Verdict> {
  const now = options.nowMs ?? Date.now()
  const kind = folderKind(path.basename(place))
  const plain = await isPlainFolder(place)
  if (plain === null) return 'vanished'
  if (!plain || kind === 'foreign') return 'not-ours'
  const lease = await readLease(place)
  if (lease === null) {
    const modifiedMs = await lstat(place).then((found) => found.mtimeMs, ifMissing(null))
    if (modifiedMs === null) return 'vanished'
    if (kind === 'attempt') return 'not-ours'
    return kind === 'new' && modifiedMs + MAKING_SECONDS * 1000 > now ? 'too-young' : 'empty'
  }
  if (lease.owner === 'alive') return 'alive'
  if (lease.owner === 'unknown') {
    const work = attemptOf(path.basename(place))
    const over = work !== null && (await options.isOver?.(work.jobId, work.attempt))
    if (lease.endsMs > now || over !== true) return 'owner-unknown'
  }
  if (lease.endsMs > now) return 'lease-running'
  return lease.renewedMs + (options.olderThanSeconds ?? 0) * 1000 > now ? 'too-young' : 'dead'
}

/** Whether a path is a folder and no symbolic link; `null` where nothing is there. */
const isPlainFolder = (place: string): Promise<boolean | null> =>
  lstat(place).then((found) => found.isDirectory(), ifMissing(null))

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(ifMissing<string[]>([]))

/** Whether the move happened; not where the source is gone or the name is taken. */
const renamed = (from: string, to: string): Promise<boolean> =>
  rename(from, to).then(() => true, ifErrno(['ENOENT', 'ENOTEMPTY', 'EEXIST'], false))

const ifForbidden = <T>(value: T): ((error: unknown) => T) => ifErrno(['EACCES', 'EPERM'], value)
