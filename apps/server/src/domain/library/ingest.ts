import { type CutroomError, type SourceSummary, toCutroomError } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, eq, notExists, sql } from '../../db/drizzle.ts'
import { isToBeIngested } from '../../db/queries/ingests.ts'
import { isRunning } from '../../db/queries/jobs.ts'
import { projectSegments, segments } from '../../db/schema/index.ts'
import type { QueuedJob } from '../queued-job.ts'
import { openStoredSource, type Source } from '../sources.ts'
import { keptProblem } from './answers.ts'
import { recordArtifact } from './artifacts.ts'
import { admitKept, admitScratch, ingestScratch } from './room.ts'
import { changeSource, heldSource, lockSource, type SourceKey } from './source-rows.ts'

/**
 * Ingests a source of the library, or finds what was made of the same bytes before, and writes what was learnt. Where it fails the
 * source is `failed`, and says why. Throws `not-found`, `quota-exceeded`, and what ingesting throws.
 */
export async function ingestLibrarySource(job: QueuedJob, sourceId: string): Promise<SourceSummary> {
  const { service } = job
  const key = { profileId: job.profile.id, id: sourceId }
  const { db } = service
  const { name, probe } = await db.ofProfile(key.profileId, async (tx) => {
    const row = await heldSource(tx, key)
    // Another job may have finished it since this one looked.
    if (row.state !== 'ready') await changeSource(tx, key, { state: 'ingesting', problem: null })
    return row
  })
  try {
    const bytes = probe === null ? 0 : ingestScratch(probe)
    await admitScratch(service, key.profileId, bytes)
    await admitKept(service, key.profileId, bytes)
    const source = await openStoredSource(job, { id: sourceId, name })
    const summary = summaryOf(source)
    await db.ofProfile(key.profileId, async (tx) => {
      await heldSource(tx, key)
      await recordArtifact(tx, key.profileId, source.artifact)
      await writeSegments(tx, key.profileId, source)
      await changeSource(tx, key, {
        state: 'ready',
        probe: source.probe,
        summary,
        ingestHash: source.artifact.key.hash,
      })
    })
    return summary
  } catch (thrown) {
    await db.ofProfile(key.profileId, (tx) => leaveSource(tx, job, key, toCutroomError(thrown)))
    throw thrown
  }
}

/** Says of a source why this attempt did not ingest it; not of one that another attempt or job has taken over or finished. */
async function leaveSource(tx: Tx, job: QueuedJob, key: SourceKey, error: CutroomError): Promise<void> {
  const row = await lockSource(tx, key)
  if (row?.state !== 'ingesting' && row?.state !== 'waiting') return
  if (!(await isRunning(tx, { profileId: key.profileId, jobId: job.jobId, attempt: job.attempt }))) return
  // Handed back to the queue, it goes on elsewhere.
  const goesOn =
    ['drained', 'lost'].includes(job.signal.reason) ||
    (error.code === 'cancelled' && (await isToBeIngested(tx, key, job.jobId)))
  const left = goesOn
    ? ({ state: 'waiting' } as const)
    : ({ state: 'failed', problem: keptProblem(job.service, error) } as const)
  await changeSource(tx, key, left)
}

const summaryOf = ({ probe, features, filmstrip, peaksPerSecond, usableSeconds }: Source): SourceSummary => ({
  durationSeconds: probe.durationSeconds,
  usableSeconds,
  cuts: [...features.hardCuts],
  filmstrip: {
    columns: filmstrip.columns,
    rows: filmstrip.rows,
    tileWidth: filmstrip.tile.width,
    tileHeight: filmstrip.tile.height,
    secondsPerTile: filmstrip.intervalSeconds,
    count: filmstrip.count,
  },
  peaksPerSecond: features.hasAudio ? peaksPerSecond : null,
})

/** Found segments are made anew, except those that somebody named, marked as a favourite or uses. */
async function writeSegments(
  tx: Tx,
  profileId: string,
  { id: sourceId, segments: found }: Source,
): Promise<void> {
  const ofSource = and(
    eq(segments.profileId, profileId),
    eq(segments.sourceId, sourceId),
    eq(segments.origin, 'found'),
  )
  const inProjects = tx
    .select({ one: sql`1` })
    .from(projectSegments)
    .where(and(eq(projectSegments.profileId, profileId), eq(projectSegments.segmentId, segments.id)))
  const untouched = and(
    ofSource,
    eq(segments.favourite, false),
    eq(segments.name, ''),
    eq(segments.usageCount, 0),
    sql`cardinality(${segments.keywords}) = 0`,
    notExists(inProjects),
  )
  await tx.delete(segments).where(untouched)
  const kept = await tx.select({ start: segments.start, end: segments.end }).from(segments).where(ofSource)
  const places = new Set(kept.map(({ start, end }) => `${start} ${end}`))
  const fresh = found.filter(({ start, end }) => !places.has(`${start} ${end}`))
  if (fresh.length === 0) return
  await tx
    .insert(segments)
    .values(fresh.map((segment) => ({ ...segment, profileId, sourceId, origin: 'found' as const })))
}
