import { CutroomError, type EntryKind } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, eq, isNull, sql, sum } from '../../db/drizzle.ts'
import { takeProfileLock } from '../../db/locks.ts'
import { artifacts, uploads } from '../../db/schema/library.ts'
import { profiles } from '../../db/schema/profiles.ts'
import type { Entry, EntryKey } from '../../storage/storage.ts'

/**
 * Writes down that the profile keeps an entry, in the transaction that ends the stage which made or found it. What is written down
 * counts against the quota, and is the only thing that garbage collection spares where something names it.
 */
export async function recordArtifact(tx: Tx, profileId: string, entry: Entry): Promise<void> {
  const sizeBytes = Object.values(entry.files).reduce((bytes, file) => bytes + file.sizeBytes, 0)
  const { kind, hash } = entry.key
  await tx
    .insert(artifacts)
    .values({ profileId, kind, hash, sizeBytes })
    .onConflictDoUpdate({
      target: [artifacts.profileId, artifacts.kind, artifacts.hash],
      set: { sizeBytes, usedAt: sql`now()` },
    })
}

/** The hashes of the entries of a kind that are written down. */
export async function recordedHashes(tx: Tx, profileId: string, kind: EntryKind): Promise<string[]> {
  const rows = await tx
    .select({ hash: artifacts.hash })
    .from(artifacts)
    .where(and(eq(artifacts.profileId, profileId), eq(artifacts.kind, kind)))
  return rows.map(({ hash }) => hash)
}

const isArtifact = ({ profileId, kind, hash }: EntryKey) =>
  and(eq(artifacts.profileId, profileId), eq(artifacts.kind, kind), eq(artifacts.hash, hash))

/** Makes those wait who write the same entry down, until the end of the transaction. */
export async function lockArtifact(tx: Tx, key: EntryKey): Promise<void> {
  await tx.select({ hash: artifacts.hash }).from(artifacts).where(isArtifact(key)).for('update')
}

/** Strikes an entry off, in the transaction that removes the last thing which names it. */
export async function forgetArtifact(tx: Tx, key: EntryKey): Promise<void> {
  await tx.delete(artifacts).where(isArtifact(key))
}

export interface StorageCount {
  /** Bytes of what is kept. */
  readonly storedBytes: number
  /** Bytes announced by uploads on their way. */
  readonly uploadBytes: number
  /** `null`: no limit. */
  readonly quotaBytes: number | null
}

/** What the profile takes of its storage quota. */
export async function countStorage(tx: Tx, profileId: string): Promise<StorageCount> {
  const stored = tx
    .select({ bytes: sum(artifacts.sizeBytes).mapWith(Number).as('stored') })
    .from(artifacts)
    .where(eq(artifacts.profileId, profileId))
  const onTheWay = tx
    .select({ bytes: sum(uploads.sizeBytes).mapWith(Number).as('on_the_way') })
    .from(uploads)
    .where(and(eq(uploads.profileId, profileId), isNull(uploads.sourceId), isNull(uploads.problem)))
  const [row] = await tx
    .select({
      stored: sql<string | null>`(${stored})`,
      onTheWay: sql<string | null>`(${onTheWay})`,
      limits: profiles.limits,
    })
    .from(profiles)
    .where(eq(profiles.id, profileId))
  return {
    storedBytes: Number(row?.stored ?? 0),
    uploadBytes: Number(row?.onTheWay ?? 0),
    quotaBytes: row?.limits.storageBytes ?? null,
  }
}

/**
 * Throws `quota-exceeded` unless the profile may store so many bytes more. Those who ask wait for one another until the end of their
 * transactions, so that two cannot both take the last of the room.
 */
export async function admitStorage(tx: Tx, profileId: string, bytes: number): Promise<void> {
  await takeProfileLock(tx, 'storage', profileId)
  const { storedBytes, uploadBytes, quotaBytes } = await countStorage(tx, profileId)
  const usedBytes = storedBytes + uploadBytes
  if (quotaBytes === null || usedBytes + bytes <= quotaBytes) return
  throw new CutroomError(
    'quota-exceeded',
    `The profile may store ${quotaBytes} bytes; it stores ${usedBytes}, and this needs ${bytes} more.`,
    { details: { limit: quotaBytes, used: usedBytes, needed: bytes } },
  )
}
