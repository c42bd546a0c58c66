import { rm } from 'node:fs/promises'
import path from 'node:path'
import { checkId, toFileError } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { type AnyPgColumn, eq, getTableColumns, is, isNotNull, PgTable } from '../../db/drizzle.ts'
import * as schema from '../../db/schema/index.ts'
import type { Log } from '../../log.ts'
import { removeProfileScratch } from '../../scratch/remove-profile.ts'
import type { SweepReport } from '../../scratch/sweep.ts'
import { cancelJobs, isAttemptOver } from '../jobs.ts'
import type { Service } from '../service.ts'

/** A request that began before the deletion may go on for a while and leave something: the profile's id is remembered so long. */
const REMEMBERED_SECONDS = 3600

/** Every table whose rows belong to a profile. */
const OWNED = Object.values(schema).flatMap((table) => {
  if (!is(table, PgTable)) return []
  const columns: Record<string, AnyPgColumn> = getTableColumns(table)
  const owner = columns.profileId
  return owner === undefined ? [] : [{ table, owner }]
})

/**
 * Removes what deleted profiles left: first their jobs stop, then scratch, uploads, files and rows go. Whoever breaks it off anywhere
 * only has to call it again; the server does so at its start and from time to time. Returns the ids of those of which something is left.
 * `nowMs`: milliseconds since 1970.
 */
export async function purgeDeletedProfiles(service: Service, nowMs = Date.now()): Promise<string[]> {
  const { profiles } = schema
  const deleted = await service.db.shared((tx) =>
    tx.select().from(profiles).where(isNotNull(profiles.deletedAt)),
  )
  const left: string[] = []
  for (const { id, deletedAt } of deleted) {
    const forgotten = deletedAt !== null && deletedAt.getTime() + REMEMBERED_SECONDS * 1000 < nowMs
    // What hinders one profile must not keep the others.
    const done = await purge(service, id, forgotten).catch((error: unknown) => {
      service.log.error({ err: error, profileId: id }, 'A deleted profile could not be removed yet.')
      return false
    })
    if (!done) left.push(id)
  }
  return left
}

/** Returns whether nothing is left. */
async function purge(service: Service, profileId: string, forgotten: boolean): Promise<boolean> {
  const { dataDir, storage } = service.studio
  if ((await cancelJobs(service, profileId)) > 0) return false
  const kept = await removeProfileScratch({ dataDir, profileId, isOver: isAttemptOver(service, profileId) })
  if (kept.length > 0) {
    tellOfStuck(service.log, profileId, kept)
    return false
  }
  await removeUploads(dataDir, profileId)
  await storage.removeProfile(profileId)
  await service.db.ofProfile(profileId, (tx) => removeRows(tx, profileId, forgotten))
  return true
}

/** Folders that were told of. */
const told = new Set<string>()

/** Says of each folder once that only a person can clear it. */
function tellOfStuck(log: Log, profileId: string, kept: SweepReport['kept']): void {
  for (const { path: folder, why } of kept) {
    if (!['owner-unknown', 'no-permission'].includes(why) || told.has(folder)) continue
    told.add(folder)
    log.warn(
      { profileId, folder, why },
      'A deleted profile stays until somebody removes this scratch folder.',
    )
  }
}

async function removeUploads(dataDir: string, profileId: string): Promise<void> {
  const folder = path.join(dataDir, 'uploads', checkId(profileId, 'profileId'))
  await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
    throw toFileError(error, 'Removing the uploads of a profile')
  })
}

async function removeRows(tx: Tx, profileId: string, forgotten: boolean): Promise<void> {
  const ofProfile = eq(schema.profiles.id, profileId)
  // Whoever writes a row of the profile waits here, and then finds no profile.
  await tx.select({ id: schema.profiles.id }).from(schema.profiles).where(ofProfile).for('update')
  for (const { table, owner } of OWNED) await tx.delete(table).where(eq(owner, profileId))
  if (forgotten) await tx.delete(schema.profiles).where(ofProfile)
}
