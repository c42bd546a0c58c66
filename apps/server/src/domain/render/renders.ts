import { CutroomError, type ExportRecord, type Preset } from '@cutroom/contracts'
import { and, eq, sql } from '../../db/drizzle.ts'
import { appendEvents } from '../../db/queries/events.ts'
import { artifacts } from '../../db/schema/library.ts'
import { exports } from '../../db/schema/projects.ts'
import { tellOfClips } from '../clips/change.ts'
import { type ClipRow, lockClips } from '../clips/rows.ts'
import { type Export, exportClip, type PlannedExport, planExport } from '../exports.ts'
import { admitStorage, recordArtifact } from '../library/artifacts.ts'
import { admitKept, admitScratch, renderScratch } from '../library/room.ts'
import { findPreset } from '../presets/presets.ts'
import type { QueuedJob } from '../queued-job.ts'
import { EXPORT_COLUMNS, exportAnswers } from './exports.ts'
import { loadContent, readClip } from './load.ts'
import { partsOf, whatChanged } from './parts.ts'
import { refuseUnspoken } from './spoken.ts'

/**
 * Renders a clip as it is now for a preset, or finds the file of the same recipe, and publishes it as an export. Throws `conflict` where the
 * clip is edited meanwhile: the export would not be what the person sees. Its file is kept for a while, should the edit be undone.
 */
export async function renderClip(job: QueuedJob, clipId: string, presetId: string): Promise<ExportRecord> {
  const { service, profile } = job
  const row = await readClip(job, clipId)
  refuseUnspoken(row)
  const preset = await service.db.ofProfile(profile.id, (tx) => findPreset(tx, profile.id, presetId))
  const { content, sources } = await loadContent(job, row)
  const planned = await planExport(job, content, sources, preset)
  await admitRender(job, preset, planned)
  const done = await exportClip(job, `${row.name} for ${preset.id}`, planned)
  return publish(job, row, preset, planned, done)
}

/** Throws `quota-exceeded` where scratch or storage have no room for a render, unless its file is there already. */
async function admitRender(job: QueuedJob, preset: Preset, { plan, hash }: PlannedExport): Promise<void> {
  const { service, profile, studio } = job
  if ((await studio.storage.use({ profileId: profile.id, kind: 'export', hash })) !== null) return
  const kbps = preset.video.maxRateKbps + preset.audio.bitRateKbps
  await admitScratch(service, profile.id, renderScratch(plan.seconds, kbps))
  await admitKept(service, profile.id, Math.ceil((plan.seconds * kbps * 1000) / 8))
}

/** Writes the export down, in the transaction that makes sure that the clip is still the one which it shows. */
async function publish(
  job: QueuedJob,
  row: ClipRow,
  preset: Preset,
  planned: PlannedExport,
  done: Export,
): Promise<ExportRecord> {
  const { service, jobId } = job
  const { id: profileId } = job.profile
  const parts = partsOf(row, preset, job.studio.tools.version)
  const published = await service.db.ofProfile(profileId, async (tx) => {
    const { key } = done.entry
    const [now] = await lockClips(tx, profileId, [row.id])
    const own = and(
      eq(artifacts.profileId, profileId),
      eq(artifacts.kind, 'export'),
      eq(artifacts.hash, key.hash),
    )
    const [kept] = await tx.select({ hash: artifacts.hash }).from(artifacts).where(own)
    if (kept === undefined) await admitStorage(tx, profileId, done.sizeBytes)
    await recordArtifact(tx, profileId, done.entry)
    const presetNow = await findPreset(tx, profileId, preset.id)
    if (now === undefined || whatChanged(parts, now, presetNow, job.studio.tools.version).length > 0)
      return null
    const facts = { clipVersion: now.version, jobId, parts, createdAt: sql<Date>`clock_timestamp()` }
    const same = and(
      eq(exports.profileId, profileId),
      eq(exports.clipId, row.id),
      eq(exports.presetId, preset.id),
      eq(exports.recipeHash, key.hash),
    )
    // The same file again is the newest export again, not another one.
    const [again] = await tx.update(exports).set(facts).where(same).returning(EXPORT_COLUMNS)
    const [made] =
      again !== undefined
        ? [again]
        : await tx
            .insert(exports)
            .values({
              ...facts,
              profileId,
              clipId: row.id,
              projectId: row.projectId,
              name: `${now.name}-${preset.id}`,
              presetId: preset.id,
              recipeHash: key.hash,
              recipe: planned.recipe,
              sizeBytes: done.sizeBytes,
              durationSeconds: done.durationSeconds,
              integratedLufs: done.integratedLufs,
              truePeakDbtp: done.truePeakDbtp,
            })
            .returning(EXPORT_COLUMNS)
    const [answer] = await exportAnswers(service, tx, profileId, made === undefined ? [] : [made])
    if (answer === undefined) throw new CutroomError('internal', 'The row of an export vanished.')
    await appendEvents(tx, profileId, [{ type: 'export', subjectId: answer.id, data: answer }])
    await tellOfClips(tx, profileId, [now])
    return answer
  })
  // Thrown here, since what the transaction wrote down of the file is to stay.
  if (published) return published
  throw new CutroomError('conflict', `${row.name} was edited or deleted while it was rendered.`, {
    remedy: 'Render it again. Where the edit is undone, the file is found and nothing is rendered.',
  })
}
