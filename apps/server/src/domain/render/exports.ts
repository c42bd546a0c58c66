import { CutroomError, type ExportQuery, type ExportRecord } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, eq, getTableColumns, inArray } from '../../db/drizzle.ts'
import { appendEvents } from '../../db/queries/events.ts'
import { pageOfRows, toPage } from '../../db/queries/page.ts'
import { clips, exports } from '../../db/schema/projects.ts'
import type { EntryKey } from '../../storage/storage.ts'
import { tellOfClips } from '../clips/change.ts'
import { lockClips } from '../clips/rows.ts'
import { EXPORT_NAME } from '../exports.ts'
import { forgetArtifact, lockArtifact } from '../library/artifacts.ts'
import type { EntryFile } from '../library/entry-file.ts'
import { presetsById } from '../presets/presets.ts'
import type { Service } from '../service.ts'
import { isStale, whatChanged } from './parts.ts'

/** Without its recipe, which is long and which nobody reads. */
export type ExportRow = Omit<typeof exports.$inferSelect, 'recipe'>
export const { recipe: _recipe, ...EXPORT_COLUMNS } = getTableColumns(exports)

/** What was used within this time may be about to become another export: its file is left to the collection of garbage. */
const IN_USE_MS = 60_000

/** Exports as the API shows them, in the order of the rows. Two queries, however many there are. */
export async function exportAnswers(
  { studio }: Service,
  tx: Tx,
  profileId: string,
  rows: readonly ExportRow[],
): Promise<ExportRecord[]> {
  if (rows.length === 0) return []
  const ids = [...new Set(rows.map(({ clipId }) => clipId))]
  const clipRows = await tx
    .select()
    .from(clips)
    .where(and(eq(clips.profileId, profileId), inArray(clips.id, ids)))
  const clipOf = new Map(clipRows.map((row) => [row.id, row]))
  const presets = await presetsById(tx, profileId)
  return rows.map(({ profileId: _profile, parts, ...row }) => {
    const preset = presets.get(row.presetId) ?? null
    const changed = whatChanged(parts, clipOf.get(row.clipId) ?? null, preset, studio.tools.version)
    return { ...row, stale: isStale(changed), changed, createdAt: row.createdAt.toISOString() }
  })
}

/** A page of the profile's exports, newest first. Three queries, whatever its length. Throws `field-invalid` for a cursor that no list gave. */
export async function listExports(
  service: Service,
  profileId: string,
  query: ExportQuery,
): Promise<{ items: ExportRecord[]; nextCursor: string | null }> {
  const { after, order, limit } = pageOfRows(query, exports)
  return service.db.ofProfile(profileId, async (tx) => {
    const rows = await tx
      .select(EXPORT_COLUMNS)
      .from(exports)
      .where(
        and(
          eq(exports.profileId, profileId),
          query.projectId === undefined ? undefined : eq(exports.projectId, query.projectId),
          query.clipId === undefined ? undefined : eq(exports.clipId, query.clipId),
          after,
        ),
      )
      .orderBy(...order)
      .limit(limit)
    const { items, nextCursor } = toPage(rows, query, (row) => row)
    return { items: await exportAnswers(service, tx, profileId, items), nextCursor }
  })
}

/** Throws `not-found`. */
export const getExport = (service: Service, profileId: string, exportId: string): Promise<ExportRecord> =>
  service.db.ofProfile(profileId, async (tx) => {
    const answers = await exportAnswers(service, tx, profileId, [await findExport(tx, profileId, exportId)])
    return answers[0] ?? gone()
  })

/** The file of an export. Throws `not-found`. */
export async function exportFile(service: Service, profileId: string, exportId: string): Promise<EntryFile> {
  const row = await service.db.ofProfile(profileId, (tx) => findExport(tx, profileId, exportId))
  return {
    key: keyOf(row),
    name: EXPORT_NAME,
    contentType: 'video/mp4',
    downloadName: `${row.name}.mp4`,
  }
}

/** Deletes an export, and its file where no other export has the same. Throws `not-found`. */
export async function deleteExport(service: Service, profileId: string, exportId: string): Promise<void> {
  const unnamed = await service.db.ofProfile(profileId, async (tx): Promise<EntryKey | null> => {
    const row = await findExport(tx, profileId, exportId)
    const key = keyOf(row)
    // The clip, then the file, then what names it: in the order of who publishes an export, so that neither waits for the other.
    const clipRows = await lockClips(tx, profileId, [row.clipId])
    await lockArtifact(tx, key)
    await tx.delete(exports).where(and(eq(exports.profileId, profileId), eq(exports.id, exportId)))
    const [other] = await tx
      .select({ id: exports.id })
      .from(exports)
      .where(and(eq(exports.profileId, profileId), eq(exports.recipeHash, row.recipeHash)))
      .limit(1)
    if (other === undefined) await forgetArtifact(tx, key)
    await appendEvents(tx, profileId, [
      { type: 'export', subjectId: exportId, data: { id: exportId, deleted: true } },
    ])
    await tellOfClips(tx, profileId, clipRows)
    return other === undefined ? key : null
  })
  if (unnamed !== null) await service.studio.storage.removeUnused(unnamed, Date.now() - IN_USE_MS)
}

async function findExport(tx: Tx, profileId: string, exportId: string): Promise<ExportRow> {
  const [row] = await tx
    .select(EXPORT_COLUMNS)
    .from(exports)
    .where(and(eq(exports.profileId, profileId), eq(exports.id, exportId)))
  return row ?? gone()
}

const keyOf = ({ profileId, recipeHash }: ExportRow): EntryKey => ({
  profileId,
  kind: 'export',
  hash: recipeHash,
})

function gone(): never {
  throw new CutroomError('not-found', 'There is no such export.')
}
