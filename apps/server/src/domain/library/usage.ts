import type { StorageUsage } from '@cutroom/contracts'
import { asc, count, eq, sum } from '../../db/drizzle.ts'
import { artifacts } from '../../db/schema/library.ts'
import { profiles } from '../../db/schema/profiles.ts'
import type { Service } from '../service.ts'
import { countStorage } from './artifacts.ts'
import { scratchBytes } from './room.ts'

/** What a profile takes of the disk, and what it may take. */
export async function storageUsage(service: Service, profileId: string): Promise<StorageUsage> {
  const read = service.db.ofProfile(profileId, async (tx) => {
    const kinds = await tx
      .select({
        kind: artifacts.kind,
        count: count(),
        sizeBytes: sum(artifacts.sizeBytes).mapWith(Number),
      })
      .from(artifacts)
      .where(eq(artifacts.profileId, profileId))
      .groupBy(artifacts.kind)
      .orderBy(asc(artifacts.kind))
    const [profile] = await tx
      .select({ limits: profiles.limits })
      .from(profiles)
      .where(eq(profiles.id, profileId))
    return {
      kinds,
      ...(await countStorage(tx, profileId)),
      scratchQuotaBytes: profile?.limits.scratchBytes ?? null,
    }
  })
  const [stored, used] = await Promise.all([read, scratchBytes(service, profileId)])
  return { ...stored, scratchBytes: used }
}
