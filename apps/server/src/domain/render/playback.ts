import { CutroomError, type Playback } from '@cutroom/contracts'
import { planCuts, roughGains, uprightSize } from '@cutroom/media'
import { findClip } from '../clips/rows.ts'
import { shownCut } from '../clips/shown-cut.ts'
import { focusedCuts } from '../exports.ts'
import { findPreset } from '../presets/presets.ts'
import type { Service } from '../service.ts'
import { readStoredSource, type Source } from '../sources.ts'
import { readSources, type SourceFacts } from './load.ts'

/**
 * What a player needs to show a clip as a render for a preset shows it. The voice is heard from the first instant. Throws `not-found`,
 * `preset-unknown`, `conflict` where a source is not ingested.
 */
export async function getPlayback(
  service: Service,
  profileId: string,
  clipId: string,
  presetId: string,
): Promise<Playback> {
  const { row, preset, facts } = await service.db.ofProfile(profileId, async (tx) => {
    const row = await findClip(tx, profileId, clipId)
    const preset = await findPreset(tx, profileId, presetId)
    const ids = [...row.timeline, row.soundFrom].flatMap((part) => part?.sourceId ?? [])
    const facts = await readSources(tx, profileId, [
      ...ids,
      ...(row.musicSourceId ? [row.musicSourceId] : []),
    ])
    return { row, preset, facts }
  })
  const { timeline, soundFrom, musicSourceId } = row
  const opened = await Promise.all([...facts.values()].map((each) => openIngested(service, profileId, each)))
  const sources = new Map(opened.flatMap((source) => (source === null ? [] : [[source.id, source]])))
  for (const { sourceId } of timeline) if (!sources.has(sourceId)) throw notIngested(facts.get(sourceId))

  const planned = planCuts({ cuts: focusedCuts(timeline.map(shownCut), sources), sources, preset })
  const seconds = (frames: number): number => (frames * planned.rate.den) / planned.rate.num
  let framesBefore = 0
  const shown = planned.cuts.map(({ sourceId, source, start, frames, crop }) => {
    const at = seconds(framesBefore)
    framesBefore += frames
    return { sourceId, start, end: start + seconds(frames), at, frames, crop: fractionsOf(source, crop) }
  })

  const heard = soundFrom === null ? shown : [{ ...soundFrom, end: soundFrom.start + planned.seconds }]
  const rangesOf = (ranges: typeof heard) =>
    ranges.flatMap(({ sourceId, start, end }) => {
      const features = sources.get(sourceId)?.features
      return features === undefined ? [] : [{ features, start, end }]
    })
  const hasVoice = row.voiceoverHash !== null
  const [music = null] =
    musicSourceId === null ? [] : rangesOf([{ sourceId: musicSourceId, start: 0, end: planned.seconds }])
  const gains = roughGains({ hasVoice, cuts: rangesOf(heard), music })
  return {
    presetId,
    clipVersion: row.version,
    frame: planned.frame,
    frameRate: planned.rate,
    frames: planned.frames,
    lengthSeconds: planned.seconds,
    cuts: shown,
    hasVoice,
    voiceAt: 0,
    sourceGainDb: row.sourceSound ? gains.cuts : null,
    musicGainDb: musicSourceId === null ? null : gains.music,
    soundFrom,
    musicSourceId,
    safeArea: preset.safeArea,
  }
}

/** `null` for sound alone, and where nothing is left of an ingest. */
const openIngested = async (
  { studio }: Service,
  profileId: string,
  { id, name, ingestHash }: SourceFacts,
): Promise<Source | null> =>
  ingestHash === null ? null : readStoredSource(studio, profileId, { id, name, ingestHash })

const notIngested = (source: SourceFacts | undefined) =>
  new CutroomError('conflict', `${source?.name ?? 'A source of the clip'} is not ingested.`, {
    remedy: 'Wait for its ingest, or queue it again with POST /sources/{id}/ingest.',
  })

/** A part of the upright picture as fractions of it. */
function fractionsOf({ probe }: Pick<Source, 'probe'>, crop: Playback['cuts'][number]['crop']) {
  if (!probe.video) throw new CutroomError('internal', 'A cut was planned of a source without pictures.')
  const { width, height } = uprightSize(probe.video)
  return {
    x: crop.x / width,
    y: crop.y / height,
    width: crop.width / width,
    height: crop.height / height,
  }
}
