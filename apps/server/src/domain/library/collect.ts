import { type CollectReport, type CollectRequest, ENTRY_KINDS, type EntryKind } from '@cutroom/contracts'
import { restoredAt } from '../../data-folder.ts'
import type { Tx } from '../../db/database.ts'
import { and, eq, inArray, isNotNull, lt } from '../../db/drizzle.ts'
import { oldestStart } from '../../db/queries/jobs.ts'
import { artifacts, clips, exports, profiles, sources } from '../../db/schema/index.ts'
import type { Service } from '../service.ts'
import { recordedHashes } from './artifacts.ts'

/** Kinds whose entries are kept only while a row names them: all but spoken phrases, which may have cost money. */
type Collected = Exclude<EntryKind, 'speech-phrase'>
const COLLECTED = ENTRY_KINDS.filter((kind): kind is Collected => kind !== 'speech-phrase')

/** After a backup was restored, so long nothing is collected: files that are younger than it are still there when a newer one is found. */
const SUSPENDED_MS = 7 * 86_400_000

async function isSuspended(dataDir: string): Promise<boolean> {
  const restored = await restoredAt(dataDir)
  return restored !== null && Date.now() - restored < SUSPENDED_MS
}

/**
 * Removes entries of a profile that no row names and that nobody has made or used within the grace, and strikes them off. Work in
 * progress is safe: whoever finds an entry marks it as used before building on it (`Storage.use`), and what was made or used since the
 * oldest running attempt began stays, since a row may come to name it only at its end. Removes nothing for some days after a backup was
 * restored. `signal` breaks it off between two entries; a row whose entry is gone by then goes the next time.
 */
export async function collectGarbage(
  service: Service,
  profileId: string,
  { dryRun, graceSeconds }: CollectRequest,
  signal?: AbortSignal,
): Promise<CollectReport> {
  const { storage, dataDir } = service.studio
  if (await isSuspended(dataDir)) return { removed: [], bytesFreed: 0 }
  const running = await service.db.ofProfile(profileId, (tx) => oldestStart(tx, profileId))
  const sinceMs = Math.min(Date.now() - graceSeconds * 1000, running?.getTime() ?? Number.POSITIVE_INFINITY)
  const removed: CollectReport['removed'] = []
  for (const kind of COLLECTED) {
    const stored = (await storage.list(profileId, kind)).map(({ hash }) => hash)
    const { named, recorded } = await service.db.ofProfile(profileId, async (tx) => ({
      named: new Set(await NAMES[kind](tx, profileId)),
      recorded: await recordedHashes(tx, profileId, kind),
    }))
    const gone: string[] = []
    let [entries, sizeBytes] = [0, 0]
    for (const hash of new Set([...stored, ...recorded])) {
      if (named.has(hash)) continue
      signal?.throwIfAborted()
      const freed = await storage.removeUnused({ profileId, kind, hash }, sinceMs, dryRun)
      // A row whose files are gone already goes as well.
      if (freed !== null || !stored.includes(hash)) gone.push(hash)
      if (freed === null) continue
      entries += 1
      sizeBytes += freed
    }
    if (entries > 0) removed.push({ kind, count: entries, sizeBytes })
    if (!dryRun && gone.length > 0)
      await service.db.ofProfile(profileId, (tx) => strikeOff(tx, profileId, kind, gone, new Date(sinceMs)))
  }
  if (!dryRun) await storage.collect(profileId)
  return { removed, bytesFreed: removed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) }
}

/** Rows that were written again meanwhile stay: the entry was made anew. */
const strikeOff = (tx: Tx, profileId: string, kind: Collected, hashes: readonly string[], since: Date) =>
  tx
    .delete(artifacts)
    .where(
      and(
        eq(artifacts.profileId, profileId),
        eq(artifacts.kind, kind),
        inArray(artifacts.hash, [...hashes]),
        lt(artifacts.usedAt, since),
      ),
    )

type NamesOf = (tx: Tx, profileId: string) => Promise<string[]>

const hashes = (rows: readonly { readonly hash: string | null }[]): string[] =>
  rows.flatMap(({ hash }) => hash ?? [])

/** The hashes of a kind that rows name. */
const NAMES: Readonly<Record<Collected, NamesOf>> = {
  source: async (tx, profileId) =>
    hashes(await tx.select({ hash: sources.id }).from(sources).where(eq(sources.profileId, profileId))),
  ingest: async (tx, profileId) =>
    hashes(
      await tx.select({ hash: sources.ingestHash }).from(sources).where(eq(sources.profileId, profileId)),
    ),
  voiceover: async (tx, profileId) =>
    hashes(
      await tx
        .select({ hash: clips.voiceoverHash })
        .from(clips)
        .where(and(eq(clips.profileId, profileId), eq(clips.voiceoverKind, 'voiceover'))),
    ),
  preview: async (tx, profileId) =>
    hashes(await tx.select({ hash: clips.previewHash }).from(clips).where(eq(clips.profileId, profileId))),
  thumbnail: async (tx, profileId) =>
    hashes(await tx.select({ hash: clips.thumbnailHash }).from(clips).where(eq(clips.profileId, profileId))),
  export: async (tx, profileId) =>
    hashes(
      await tx.select({ hash: exports.recipeHash }).from(exports).where(eq(exports.profileId, profileId)),
    ),
  logo: async (tx, profileId) =>
    hashes(
      await tx
        .select({ hash: profiles.logoHash })
        .from(profiles)
        .where(and(eq(profiles.id, profileId), isNotNull(profiles.logoHash))),
    ),
}
