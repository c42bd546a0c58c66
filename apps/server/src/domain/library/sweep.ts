import path from 'node:path'
import type { CleanReport, CleanRequest, JobRecord, SweepReport } from '@cutroom/contracts'
import { isNull } from '../../db/drizzle.ts'
import { profiles } from '../../db/schema/profiles.ts'
import { sweep } from '../../scratch/sweep.ts'
import { enqueued } from '../enqueued.ts'
import { isAttemptOver } from '../jobs.ts'
import type { Service } from '../service.ts'
import { recordArtifact, recordedHashes } from './artifacts.ts'
import { collectGarbage } from './collect.ts'
import { uploadsOf } from './uploads.ts'

/** What nothing names is kept this long, unless somebody asks for less: it may be wanted again, and is then found. */
const GRACE_SECONDS = 7 * 86_400

/** Removes what dead attempts of a profile left in its scratch; no other profile's is read. */
export async function cleanScratch(
  service: Service,
  profileId: string,
  request: CleanRequest,
): Promise<CleanReport> {
  const { removed, kept, bytesFreed } = await sweep({
    ...{ dataDir: service.studio.dataDir, profileId, ...request },
    isOver: isAttemptOver(service, profileId),
  })
  const named = <T extends { readonly path: string }>({ path: place, ...rest }: T) => ({
    name: path.basename(place),
    ...rest,
  })
  return { removed: removed.map(named), kept: kept.map(named), bytesFreed }
}

/** Everything that can be tidied up for a profile without taking anything from it. `signal` breaks it off between two things. */
export async function sweepProfile(
  service: Service,
  profileId: string,
  request: CleanRequest,
  signal: AbortSignal,
): Promise<SweepReport> {
  const { dryRun } = request
  if (!dryRun) await recordPhrases(service, profileId, signal)
  return {
    scratch: await cleanScratch(service, profileId, request),
    storage: await collectGarbage(service, profileId, { dryRun, graceSeconds: GRACE_SECONDS }, signal),
    uploads: dryRun ? { expired: 0, finished: 0 } : await uploadsOf(service).maintain(profileId, signal),
  }
}

/** Writes down the spoken phrases that are stored, so that they count against the quota: whoever speaks them knows no database. */
async function recordPhrases(
  { db, studio: { storage } }: Service,
  profileId: string,
  signal: AbortSignal,
): Promise<void> {
  const stored = await storage.list(profileId, 'speech-phrase')
  const known = new Set(await db.ofProfile(profileId, (tx) => recordedHashes(tx, profileId, 'speech-phrase')))
  for (const key of stored.filter(({ hash }) => !known.has(hash))) {
    signal.throwIfAborted()
    const entry = await storage.find(key)
    if (entry !== null) await db.ofProfile(profileId, (tx) => recordArtifact(tx, profileId, entry))
  }
}

/** Queues it. */
export const orderSweep = (service: Service, profileId: string, payload: CleanRequest): Promise<JobRecord> =>
  service.db.ofProfile(profileId, (tx) =>
    enqueued(service, tx, profileId, { kind: 'sweep', payload, subject: 'scratch and storage' }),
  )

/** The same for every profile. */
export const sweepAll = (service: Service, signal: AbortSignal): Promise<void> =>
  forEachProfile(
    service,
    (profileId) => sweepProfile(service, profileId, { dryRun: false, olderThanSeconds: 0 }, signal),
    signal,
  )

/** Forgets the uploads of every profile that have expired, and finishes those whose process ended too early. */
export const expireUploads = (service: Service, signal: AbortSignal): Promise<void> =>
  forEachProfile(service, (profileId) => uploadsOf(service).maintain(profileId, signal), signal)

/** Does something for each profile until `signal` ends; what fails for one must not keep the others. */
export async function forEachProfile(
  { db, log }: Service,
  work: (profileId: string) => Promise<unknown>,
  signal?: AbortSignal,
): Promise<void> {
  const living = await db.shared((tx) =>
    tx.select({ id: profiles.id }).from(profiles).where(isNull(profiles.deletedAt)),
  )
  for (const { id } of living) {
    signal?.throwIfAborted()
    await work(id).catch((err: unknown) => {
      signal?.throwIfAborted()
      log.error({ err, profileId: id }, 'Something that is done for every profile failed.')
    })
  }
}
