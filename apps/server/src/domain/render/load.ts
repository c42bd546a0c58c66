import { type Cue, CutroomError, type MediaProbe, timelineSeconds } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, eq, inArray } from '../../db/drizzle.ts'
import { sources } from '../../db/schema/library.ts'
import { together } from '../../together.ts'
import { type ClipRow, findClip } from '../clips/rows.ts'
import { shownCut } from '../clips/shown-cut.ts'
import type { Job } from '../job.ts'
import { audioIndexOf } from '../library/named-source.ts'
import type { QueuedJob } from '../queued-job.ts'
import { findStoredSource, openStoredSource, SOURCE_FILE, type Source, sourceKey } from '../sources.ts'
import { VOICE_FILE } from '../voices.ts'
import { type ClipContent, cuesUntil, type SoundTrack } from './content.ts'

/** A source of the library, as its row tells of it. */
export interface SourceFacts {
  readonly id: string
  readonly name: string
  readonly probe: MediaProbe | null
  /** `null` until it is ingested, and for sound alone. */
  readonly ingestHash: string | null
}

/** Throws `not-found`. */
export const readClip = ({ service, profile }: QueuedJob, clipId: string): Promise<ClipRow> =>
  service.db.ofProfile(profile.id, (tx) => findClip(tx, profile.id, clipId))

/** Those that there are of some sources, by id. */
export async function readSources(
  tx: Tx,
  profileId: string,
  ids: readonly string[],
): Promise<Map<string, SourceFacts>> {
  const rows = await tx
    .select({
      id: sources.id,
      name: sources.name,
      probe: sources.probe,
      ingestHash: sources.ingestHash,
    })
    .from(sources)
    .where(and(eq(sources.profileId, profileId), inArray(sources.id, [...new Set(ids)])))
  return new Map(rows.map((row) => [row.id, row]))
}

/** What each attempt has opened: its later stages need not read it again. */
const openedBy = new WeakMap<Job['scratch'], Map<string, Promise<Source>>>()

/**
 * Sources with all that ingest knows of them, in the order of the ids. Nobody is told of what was ingested before; those that were not
 * are ingested now.
 */
export async function openSources(job: QueuedJob, ids: readonly string[]): Promise<Map<string, Source>> {
  const unique = [...new Set(ids)]
  const { id: profileId } = job.profile
  const facts = await job.service.db.ofProfile(profileId, (tx) => readSources(tx, profileId, unique))
  const opened = openedBy.get(job.scratch) ?? new Map<string, Promise<Source>>()
  openedBy.set(job.scratch, opened)
  const sources = await together(
    job.stop,
    unique.map((id) => {
      const source = opened.get(id) ?? loadSource(job, known(facts, id))
      opened.set(id, source)
      return source
    }),
  )
  return new Map(sources.map((source) => [source.id, source]))
}

const loadSource = async (job: QueuedJob, facts: SourceFacts): Promise<Source> =>
  (await findStoredSource(job, facts)) ?? openStoredSource(job, facts)

/** A clip as every stage wants it, with the sources that it shows. Throws `file-missing` where its voice or music is gone. */
export async function loadContent(
  job: QueuedJob,
  row: ClipRow,
): Promise<{ readonly content: ClipContent; readonly sources: ReadonlyMap<string, Source> }> {
  const { soundFrom, captionStyle, sourceSound, timeline } = row
  const shown = timeline.map(({ sourceId }) => sourceId)
  const opened = await openSources(job, soundFrom === null ? shown : [...shown, soundFrom.sourceId])
  const content: ClipContent = {
    cuts: timeline.map(shownCut),
    cues: shownCues(row),
    captionStyle,
    voice: await voiceOf(job, row),
    music: row.musicSourceId === null ? null : await recordedTrack(job, row.musicSourceId),
    soundFrom,
    sourceSound,
  }
  return { content, sources: opened }
}

/** The cues of a clip that are shown before its end. */
export const shownCues = ({ captions, timeline }: Pick<ClipRow, 'captions' | 'timeline'>): Cue[] =>
  cuesUntil(captions?.cues ?? [], timelineSeconds(timeline))

async function voiceOf(job: QueuedJob, row: ClipRow): Promise<SoundTrack | null> {
  if (row.voiceoverHash === null) return null
  if (row.voiceoverKind === 'source') return recordedTrack(job, row.voiceoverHash)
  const { storage } = job.studio
  const key = { profileId: job.profile.id, kind: 'voiceover', hash: row.voiceoverHash } as const
  const file = (await storage.use(key))?.files[VOICE_FILE]
  if (file === undefined)
    throw new CutroomError('file-missing', 'The voiceover of the clip is not in storage any more.', {
      remedy: 'Have the voiceover made again.',
    })
  return { path: storage.localPath(key, VOICE_FILE), audioIndex: 0, sha256: file.sha256 }
}

/** The sound of a source of the library. Throws `not-found`, `media-no-audio`. */
export async function recordedTrack(job: QueuedJob, sourceId: string): Promise<SoundTrack & SourceFacts> {
  const { id: profileId } = job.profile
  const found = await job.service.db.ofProfile(profileId, (tx) => readSources(tx, profileId, [sourceId]))
  const facts = known(found, sourceId)
  const path = job.studio.storage.localPath(sourceKey(profileId, sourceId), SOURCE_FILE)
  return { ...facts, path, audioIndex: audioIndexOf(facts), sha256: sourceId }
}

function known(facts: ReadonlyMap<string, SourceFacts>, id: string): SourceFacts {
  const found = facts.get(id)
  if (found) return found
  throw new CutroomError('not-found', `There is no source ${id.slice(0, 12)}… any more.`)
}
