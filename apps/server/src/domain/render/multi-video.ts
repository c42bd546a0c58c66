import {
  type ClipCut,
  type Cue,
  CutroomError,
  type JobRecord,
  type MadeProject,
  type MultiVideo,
} from '@cutroom/contracts'
import { insertsFor, type KeywordVideo, timelineWithInserts } from '@cutroom/media'
import type { PayloadOf } from '../../queue/payloads.ts'
import { cuesOfFile } from '../clips/caption-file.ts'
import { clipsOfJob, writeClips } from '../clips/write.ts'
import { enqueued } from '../enqueued.ts'
import type { SegmentRow } from '../library/answers.ts'
import { note } from '../notes.ts'
import { findPreset } from '../presets/presets.ts'
import type { ProfileRow } from '../profiles/profiles.ts'
import { segmentsIn } from '../projects/make-clips.ts'
import { insertProject } from '../projects/projects.ts'
import type { QueuedJob } from '../queued-job.ts'
import type { Service } from '../service.ts'
import type { Source } from '../sources.ts'
import { runStage } from '../stage.ts'
import { LONGEST_SECONDS } from './content.ts'
import { finishClips } from './finish-clips.ts'
import { checkVideos, projectNameOf, readyFootage } from './footage.ts'

/** Another video is shown for at least and at most so long at a time, seconds. */
const SHORTEST_INSERT = 1
const LONGEST_INSERT = 6
/** Each adds at most two cuts to the timeline, which has at most 400. */
const MOST_INSERTS = 199
/** What a moment counts for of which nothing is known. */
const MIDDLE_SCORE = 0.5

/**
 * Makes a project and queues the job that fills it. Throws `not-found`, `conflict`, `media-no-video`, `preset-unknown`,
 * `captions-unreadable`, and `media-too-large` for a main video that is longer than any clip.
 */
export async function requestMultiVideo(
  service: Service,
  profile: ProfileRow,
  input: MultiVideo,
): Promise<JobRecord> {
  const { defaults } = profile
  const { main, captions } = input
  cuesOfFile(captions, 'captions')
  const presetId = input.presetId ?? defaults.preset
  const others = mergedOthers(input.others)
  const otherIds = others.map(({ sourceId }) => sourceId)
  if (otherIds.includes(main))
    throw new CutroomError('field-invalid', 'The main video is not one of the others.', { field: 'others' })
  return service.db.ofProfile(profile.id, async (tx) => {
    await findPreset(tx, profile.id, presetId)
    const [mainRow] = await checkVideos(tx, profile.id, [main], 'main')
    await checkVideos(tx, profile.id, otherIds, 'others')
    const seconds = mainRow?.probe?.durationSeconds ?? 0
    if (seconds > LONGEST_SECONDS) {
      throw new CutroomError(
        'media-too-large',
        `The main video is ${seconds.toFixed(1)} s long; at most ${LONGEST_SECONDS} s fit a clip.`,
        { field: 'main', details: { value: seconds, limit: LONGEST_SECONDS } },
      )
    }
    const project = await insertProject(tx, profile, {
      name: input.projectName ?? projectNameOf(mainRow?.name ?? ''),
      sourceIds: [main, ...otherIds],
      targetSeconds: Math.min(LONGEST_SECONDS, Math.max(1.5, seconds)),
    })
    return enqueued(service, tx, profile.id, {
      kind: 'multi-video',
      payload: {
        projectId: project.id,
        ...{ main, captions, others, presetId },
        voice: defaults.voice,
        captionStyle: input.captionStyle === undefined ? defaults.captionStyle : input.captionStyle,
      },
      subject: project.name,
      priority: input.priority,
      projectId: project.id,
    })
  })
}

/** A video that is named twice has the keywords of both. */
function mergedOthers(others: MultiVideo['others']): MultiVideo['others'] {
  const bySource = Map.groupBy(others, ({ sourceId }) => sourceId)
  return [...bySource].map(([sourceId, named]) => ({
    sourceId,
    keywords: [...new Set(named.flatMap(({ keywords }) => keywords))],
  }))
}

/** Makes one clip of the main video, in which the others are shown where their keywords are said, and renders it. */
export async function makeMultiVideo(
  job: QueuedJob,
  payload: PayloadOf<'multi-video'>,
): Promise<MadeProject> {
  const { projectId, presetId, others } = payload
  job.expect({ ingest: others.length + 1, select: 1, preview: 1, render: 1 })
  const { profile, jobId } = job
  const made = await job.service.db.ofProfile(profile.id, (tx) =>
    clipsOfJob(tx, profile.id, projectId, jobId),
  )
  return finishClips(job, projectId, made.length > 0 ? made : await writeClip(job, payload), presetId)
}

async function writeClip(job: QueuedJob, payload: PayloadOf<'multi-video'>): Promise<string[]> {
  const { id: profileId } = job.profile
  const { main, others, captionStyle, voice } = payload
  const otherIds = others.map(({ sourceId }) => sourceId)
  const sources = await readyFootage(job, [main, ...otherIds])
  const found = await job.service.db.ofProfile(profileId, (tx) => segmentsIn(tx, profileId, otherIds))
  const cues = cuesOfFile(payload.captions, 'captions')
  const about = { profile: job.profile.name, stage: 'select', subject: `${others.length} videos` } as const
  const timeline = await runStage(job.report, about, async () => {
    const { timeline, shown, notes } = showOthers(payload, sources, found, cues)
    for (const sentence of notes) note(job, sentence)
    return { value: timeline, detail: `other videos are shown ${shown} times` }
  })
  return writeClips(job, payload.projectId, [
    {
      ...{ timeline, voice, captionStyle },
      captions: { origin: 'person', cues },
      soundFrom: { sourceId: main, start: 0 },
    },
  ])
}

interface Shown {
  readonly timeline: ClipCut[]
  /** How often another video is shown. */
  readonly shown: number
  readonly notes: readonly string[]
}

/** The main video from its beginning to its end, with the others where their keywords are said. Pure. */
function showOthers(
  { main, others }: Pick<PayloadOf<'multi-video'>, 'main' | 'others'>,
  sources: ReadonlyMap<string, Source>,
  segments: readonly SegmentRow[],
  cues: readonly Cue[],
): Shown {
  const secondsOf = (id: string): number => sources.get(id)?.probe.durationSeconds ?? 0
  const nameOf = (id: string): string => sources.get(id)?.name ?? id
  const clipSeconds = Math.min(secondsOf(main), LONGEST_SECONDS)
  const videos = others.map(({ sourceId, keywords }): KeywordVideo => {
    const own = segments.filter((segment) => segment.sourceId === sourceId)
    const moments = own.map(({ start, end, score }) => ({ start, end, score: score ?? MIDDLE_SCORE }))
    // Too short or too plain for selection, but the person named it.
    const whole = { start: 0, end: secondsOf(sourceId), score: 0 }
    return { sourceId, keywords, moments: moments.length > 0 ? moments : [whole] }
  })
  const options = { clipSeconds, shortestSeconds: SHORTEST_INSERT, longestSeconds: LONGEST_INSERT }
  const { inserts, unsaid } = insertsFor(cues, videos, options)
  const kept = inserts.slice(0, MOST_INSERTS)
  const notes = unsaid.map(({ sourceId, keyword }) => `nobody says “${keyword}” of ${nameOf(sourceId)}`)
  for (const { sourceId, keywords } of others) {
    const isSaid = unsaid.filter((each) => each.sourceId === sourceId).length < keywords.length
    if (isSaid && !kept.some((insert) => insert.sourceId === sourceId))
      notes.push(`there is no room for ${nameOf(sourceId)} where its keywords are said`)
  }
  if (kept.length < inserts.length)
    notes.push(`other videos are shown ${kept.length} times; ${inserts.length} were called for`)
  const cuts = timelineWithInserts([{ sourceId: main, start: 0, end: clipSeconds }], kept)
  const timeline = cuts.map((cut): ClipCut => {
    const plain = { ...cut, score: null, why: '', segmentId: null }
    const insert = kept.find(
      ({ sourceId, sourceStart }) => sourceId === cut.sourceId && sourceStart === cut.start,
    )
    if (insert === undefined) return plain
    const segment = segments.find(
      ({ sourceId, start, end }) => sourceId === cut.sourceId && start < cut.end && end > cut.start,
    )
    return { ...plain, why: `Shown for “${insert.keyword}”.`, segmentId: segment?.id ?? null }
  })
  return { timeline, shown: kept.length, notes }
}
