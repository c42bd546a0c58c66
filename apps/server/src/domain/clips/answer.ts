import { type Captions, type Clip, type Preset, timelineSeconds } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, desc, eq, getTableColumns, inArray, sql } from '../../db/drizzle.ts'
import { sources } from '../../db/schema/library.ts'
import { clips, exports } from '../../db/schema/projects.ts'
import { presetsById } from '../presets/presets.ts'
import { isStale, presetPart, whatChanged } from '../render/parts.ts'
import { isUnspoken } from '../render/spoken.ts'
import type { ClipRow } from './rows.ts'
import { shownCut } from './shown-cut.ts'

/** A clip without its cues, which no list shows. */
export type ListedClip = Omit<ClipRow, 'captions'> & Pick<Clip, 'captions'>

const { captions: _, ...columns } = getTableColumns(clips)
/** What lists read of a clip. */
export const LISTED = {
  ...columns,
  captions: sql<Clip['captions']>`case when ${clips.captions} is not null then jsonb_build_object(
    'origin', ${clips.captions} -> 'origin', 'cueCount', jsonb_array_length(${clips.captions} -> 'cues')) end`,
}

/** A row as lists read it. */
export const listed = ({ captions, ...row }: ClipRow): ListedClip => ({
  ...row,
  captions: captions && { origin: captions.origin, cueCount: captions.cues.length },
})

/** Sums of decimal fractions are not exact. */
const micros = (seconds: number): number => Math.round(seconds * 1e6) / 1e6

/** Clips as the API shows them, in the order of the rows. Four queries at most, however many there are. */
export async function clipAnswers(tx: Tx, profileId: string, rows: readonly ListedClip[]): Promise<Clip[]> {
  if (rows.length === 0) return []
  const shown = [...new Set(rows.flatMap(({ timeline }) => timeline.map(({ sourceId }) => sourceId)))]
  const sourceRows = await tx
    .select({
      id: sources.id,
      name: sources.name,
      durationSeconds: sql<number | null>`(${sources.probe} ->> 'durationSeconds')::float8`,
    })
    .from(sources)
    .where(and(eq(sources.profileId, profileId), inArray(sources.id, shown)))
  const sourceOf = new Map(sourceRows.map((source) => [source.id, source]))
  const exportsOf = Map.groupBy(await listedExports(tx, profileId, rows), ({ clipId }) => clipId)
  return rows.map((row) => {
    let at = 0
    const timeline = row.timeline.map(({ score, why, segmentId, ...shown }) => {
      const { start, end } = shown
      const cut = { ...shownCut(shown), score, why, segmentId, at: micros(at) }
      at += end - start
      return cut
    })
    const used = [...new Set(timeline.map(({ sourceId }) => sourceId))]
    return {
      id: row.id,
      projectId: row.projectId,
      number: row.number,
      name: row.name,
      version: row.version,
      timeline,
      lengthSeconds: micros(timelineSeconds(timeline)),
      sources: used.flatMap((id) => sourceOf.get(id) ?? []),
      script: row.script,
      voice: row.voice,
      voiceover: voiceoverOf(row),
      captions: row.captions,
      captionStyle: row.captionStyle,
      sourceSound: row.sourceSound,
      musicSourceId: row.musicSourceId,
      soundFrom: row.soundFrom,
      selected: row.selected,
      previewReady: row.previewHash !== null,
      thumbnailReady: row.thumbnailHash !== null,
      exports: (exportsOf.get(row.id) ?? []).map(({ clipId: _, ...made }) => made),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    }
  })
}

/** One clip as the API shows it. */
export async function clipAnswer(tx: Tx, profileId: string, row: ClipRow): Promise<Clip> {
  const [answer] = await clipAnswers(tx, profileId, [listed(row)])
  if (answer === undefined) throw new Error('A clip has no answer.')
  return answer
}

function voiceoverOf(row: ListedClip): Clip['voiceover'] {
  if (row.voiceoverHash === null) return null
  const kind = row.voiceoverKind === 'source' ? 'recorded' : 'spoken'
  return { kind, stale: isUnspoken(row), seconds: row.voiceoverSeconds }
}

/** The newest export of each clip and preset, and whether it is what the clip would give now. */
async function listedExports(tx: Tx, profileId: string, rows: readonly ListedClip[]) {
  const made = await newestExports(tx, profileId, rows)
  const rowOf = new Map(rows.map((row) => [row.id, row]))
  const older = made.filter(({ clipId, clipVersion }) => clipVersion !== rowOf.get(clipId)?.version)
  const captionsOf = await captionsById(tx, profileId, [...new Set(older.map(({ clipId }) => clipId))])
  const presetOf = made.length === 0 ? new Map<string, Preset>() : await presetsById(tx, profileId)

  const isOutdated = ({ clipId, clipVersion, presetId, parts }: (typeof made)[number]): boolean => {
    const [row, preset] = [rowOf.get(clipId), presetOf.get(presetId)]
    if (row === undefined || preset === undefined) return true
    if (clipVersion === row.version) return parts.preset !== presetPart(preset)
    const clip = { ...row, captions: captionsOf.get(clipId) ?? null }
    // Another ffmpeg makes no export stale, so that its version does not matter here.
    return isStale(whatChanged(parts, clip, preset, ''))
  }
  return made.map((each) => ({
    clipId: each.clipId,
    id: each.id,
    presetId: each.presetId,
    stale: isOutdated(each),
    sizeBytes: each.sizeBytes,
    createdAt: each.createdAt.toISOString(),
  }))
}

async function captionsById(
  tx: Tx,
  profileId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Captions | null>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: clips.id, captions: clips.captions })
    .from(clips)
    .where(and(eq(clips.profileId, profileId), inArray(clips.id, [...ids])))
  return new Map(rows.map(({ id, captions }) => [id, captions]))
}

const newestExports = (tx: Tx, profileId: string, rows: readonly ListedClip[]) =>
  tx
    .selectDistinctOn([exports.clipId, exports.presetId], {
      id: exports.id,
      clipId: exports.clipId,
      presetId: exports.presetId,
      clipVersion: exports.clipVersion,
      parts: exports.parts,
      sizeBytes: exports.sizeBytes,
      createdAt: exports.createdAt,
    })
    .from(exports)
    .where(
      and(
        eq(exports.profileId, profileId),
        inArray(
          exports.clipId,
          rows.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(exports.clipId, exports.presetId, desc(exports.createdAt), desc(exports.id))
