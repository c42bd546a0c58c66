import { type Clip, timelineSeconds } from '@cutroom/contracts'
import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../../db/database.ts'
import { sources } from '../../db/schema/library.ts'
import { exports } from '../../db/schema/projects.ts'
import { presetsById } from '../presets/presets.ts'
import { isStale, whatChanged } from '../render/parts.ts'
import type { ClipRow } from './rows.ts'

/** Clips as the API shows them, in the order of the rows. Three queries, however many there are. */
export async function clipAnswers(tx: Tx, profileId: string, rows: readonly ClipRow[]): Promise<Clip[]> {
  if (rows.length === 0) return []
  const shown = [...new Set(rows.flatMap(({ timeline }) => timeline.map(({ sourceId }) => sourceId)))]
  const sourceRows = await tx
    .select({ id: sources.id, name: sources.name, probe: sources.probe })
    .from(sources)
    .where(and(eq(sources.profileId, profileId), inArray(sources.id, shown)))
  const sourceOf = new Map(
    sourceRows.map(({ id, name, probe }) => [
      id,
      { id, name, durationSeconds: probe?.durationSeconds ?? null },
    ]),
  )
  const presetOf = await presetsById(tx, profileId)
  const exportsOf = Map.groupBy(await newestExports(tx, profileId, rows), ({ clipId }) => clipId)
  return rows.map((row) => {
    let at = 0
    const timeline = row.timeline.map(({ sourceId, start, end, score, why, segmentId }) => {
      const cut = { sourceId, start, end, score, why, segmentId, at }
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
      lengthSeconds: timelineSeconds(timeline),
      sources: used.flatMap((id) => sourceOf.get(id) ?? []),
      script: row.script,
      voice: row.voice,
      voiceover: voiceoverOf(row),
      captions: row.captions && { origin: row.captions.origin, cueCount: row.captions.cues.length },
      captionStyle: row.captionStyle,
      sourceSound: row.sourceSound,
      musicSourceId: row.musicSourceId,
      selected: row.selected,
      previewReady: row.previewHash !== null,
      thumbnailReady: row.thumbnailHash !== null,
      exports: (exportsOf.get(row.id) ?? []).map(({ parts, ...made }) => ({
        id: made.id,
        presetId: made.presetId,
        // Another ffmpeg makes no export stale, so that its version does not matter here.
        stale: isStale(whatChanged(parts, row, presetOf.get(made.presetId) ?? null, '')),
        sizeBytes: made.sizeBytes,
        createdAt: made.createdAt.toISOString(),
      })),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    }
  })
}

/** One clip as the API shows it. */
export async function clipAnswer(tx: Tx, profileId: string, row: ClipRow): Promise<Clip> {
  const [answer] = await clipAnswers(tx, profileId, [row])
  if (answer === undefined) throw new Error('A clip has no answer.')
  return answer
}

function voiceoverOf(row: ClipRow): Clip['voiceover'] {
  if (row.voiceoverHash === null) return null
  const kind = row.voiceoverKind === 'source' ? 'recorded' : 'spoken'
  const otherScript = row.voiceoverScript !== null && row.voiceoverScript !== row.script
  const otherVoice = row.voiceoverVoice !== null && row.voiceoverVoice !== row.voice
  return { kind, stale: otherScript || otherVoice }
}

/** The newest export of each clip and preset. */
const newestExports = (tx: Tx, profileId: string, rows: readonly ClipRow[]) =>
  tx
    .selectDistinctOn([exports.clipId, exports.presetId], {
      id: exports.id,
      clipId: exports.clipId,
      presetId: exports.presetId,
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
