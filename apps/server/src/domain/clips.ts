import path from 'node:path'
import { type CaptionStyleId, type Cue, CutroomError, type Preset } from '@cutroom/contracts'
import {
  charactersWithoutGlyph,
  type Focus,
  fitTimeline,
  focusOfCut,
  overlapOf,
  probeFile,
  readCaptions,
  type ScoredCut,
  type Selection,
  selectTimelines,
} from '@cutroom/media'
import { together } from '../together.ts'
import { hashFile } from './hash-file.ts'
import type { Job } from './job.ts'
import { openSource, type Source } from './sources.ts'
import { runStage } from './stage.ts'
import { readTextFile } from './text-file.ts'
import { type ClipVoice, speakScript, useRecording } from './voices.ts'

/** What a person asks for when footage is turned into clips. Paths are absolute. */
export interface ClipRequest {
  readonly videos: readonly string[]
  readonly variants: number
  /** Seconds; `null` takes the default. Where there is a voice, its length decides. */
  readonly durationSeconds: number | null
  readonly script: string | null
  readonly voiceId: string
  /** A recorded voice, instead of a synthetic one. */
  readonly recording: string | null
  readonly music: string | null
  /** SRT or VTT. */
  readonly captionFile: string | null
  readonly captionStyle: CaptionStyleId | null
  readonly preset: Preset
  readonly seed: number
  /** Make what can be made of footage that is too short. */
  readonly bestEffort: boolean
}

export interface ClipCut extends ScoredCut {
  readonly focus: Focus
}

/** One variant: a timeline with all that is said, heard and shown over it. */
export interface Clip {
  /** From 1. */
  readonly number: number
  readonly cuts: readonly ClipCut[]
  /** None goes on beyond the last picture. */
  readonly cues: readonly Cue[]
  /** `null` where the cues are not burnt in. */
  readonly captionStyle: CaptionStyleId | null
  readonly voice: ClipVoice | null
  readonly music: SoundTrack | null
}

interface SoundTrack {
  readonly path: string
  /** Index of its audio stream. */
  readonly audioIndex: number
  readonly sha256: string
}

export interface ClipSet {
  readonly clips: readonly Clip[]
  readonly sources: ReadonlyMap<string, Source>
  readonly overlap: Selection['overlap']
}

const DEFAULT_SECONDS = 20
/** A clip goes on for this long after the last word, so that it does not break off. */
const TAIL_SECONDS = 0.3
const SHORTEST_SECONDS = 1.5
const LONGEST_SECONDS = 600
/** What shows for less time is no caption. */
const SHORTEST_CUE_SECONDS = 0.1
/** A clip that is changed by more than this for its voice is worth a note. */
const NOTABLE_SECONDS = 0.5

/** Ingests the footage, has the script spoken and chooses the variants. Nothing is rendered. */
export async function prepareClips(job: Job, request: ClipRequest): Promise<ClipSet> {
  const [opened, voice, captions, music] = await together(job.stop, [
    together(
      job.stop,
      request.videos.map((file) => openSource(job, file)),
    ),
    voiceOf(job, request),
    request.captionFile === null ? null : readTextFile(request.captionFile, 'srt').then(readCaptions),
    request.music === null ? null : soundTrack(job, request.music),
  ])
  const sources = new Map(opened.map((source) => [source.id, source]))
  const seconds = lengthOf(job, request, voice)
  const about = {
    profile: job.profile.name,
    stage: 'select',
    subject: `${request.variants} × ${seconds.toFixed(1)} s`,
  } as const
  const { selection, fits, overlap } = await runStage(job.report, about, async () => {
    const options = {
      count: request.variants,
      targetSeconds: seconds,
      seed: request.seed,
      bestEffort: request.bestEffort,
    }
    const selection = selectTimelines(
      [...sources.values()].map(({ id, features }) => ({ sourceId: id, features })),
      options,
    )
    const fits = selection.variants.map(({ cuts, unused }) =>
      voice === null ? { cuts, steps: [], sentence: '' } : fitTimeline(cuts, seconds, { unused }),
    )
    const overlap = overlapOf(
      fits.map(({ cuts }) => shownOnce(cuts)),
      [],
      seconds,
    )
    const detail = `variants share at most ${(100 * overlap.max).toFixed(0)} %`
    return { value: { selection, fits, overlap }, detail }
  })
  const note = (message: string) => job.report({ type: 'note', profile: job.profile.name, message })
  for (const { sentence } of selection.notes) note(sentence)

  const cues = captions ?? voice?.cues ?? []
  const burnt = request.captionStyle === null ? [] : cues
  const missing = charactersWithoutGlyph(burnt.map((cue) => cue.text).join('\n'))
  if (missing.length > 0) note(`the captions leave out ${missing.join(' ')}, which no caption font has`)
  const clips = fits.map((fit, index): Clip => {
    const moved = fit.steps.reduce((sum, step) => sum + step.seconds, 0)
    if (moved > NOTABLE_SECONDS) note(`clip ${index + 1}: ${fit.sentence}`)
    const cuts = fit.cuts.map((cut): ClipCut => {
      const features = sources.get(cut.sourceId)?.features
      if (!features)
        throw new CutroomError('internal', `The selection names the unknown source ${cut.sourceId}.`)
      return { ...cut, focus: focusOfCut(features, cut) }
    })
    const length = cuts.reduce((sum, cut) => sum + cut.end - cut.start, 0)
    return {
      number: index + 1,
      cuts,
      cues: cuesUntil(cues, length),
      captionStyle: request.captionStyle,
      voice,
      music,
    }
  })
  return { clips, sources, overlap }
}

/** A timeline without what a loop shows again: the same footage counts once. */
const shownOnce = (cuts: readonly ScoredCut[]): ScoredCut[] =>
  cuts.filter(
    (cut, index) =>
      index === cuts.findIndex(({ sourceId, start }) => sourceId === cut.sourceId && start === cut.start),
  )

/** The cues, and their words, of a clip of so many seconds. */
function cuesUntil(cues: readonly Cue[], length: number): Cue[] {
  const clipped = <T extends { readonly end: number }>(timed: T): T => ({
    ...timed,
    end: Math.min(timed.end, length),
  })
  return cues
    .filter((cue) => cue.start + SHORTEST_CUE_SECONDS <= length)
    .map((cue) => ({ ...clipped(cue), words: cue.words.filter((word) => word.start < length).map(clipped) }))
}

async function voiceOf(job: Job, request: ClipRequest): Promise<ClipVoice | null> {
  const { script, voiceId, recording } = request
  if (recording === null && script === null) return null
  const voice =
    recording === null
      ? await speakScript(job, script ?? '', voiceId)
      : await useRecording(job, recording, script, voiceId)
  const limit = LONGEST_SECONDS - TAIL_SECONDS
  if (voice.durationSeconds <= limit) return voice
  throw new CutroomError(
    recording === null ? 'script-too-long' : 'media-too-large',
    `The ${recording === null ? 'spoken script' : 'recorded voice'} is ${voice.durationSeconds.toFixed(1)} s long; at most ${limit} s fit a clip.`,
    {
      field: recording === null ? 'script' : 'audio',
      details: { seconds: voice.durationSeconds, limitSeconds: limit },
    },
  )
}

function lengthOf(job: Job, request: ClipRequest, voice: ClipVoice | null): number {
  if (voice === null) return request.durationSeconds ?? DEFAULT_SECONDS
  const seconds = Math.max(SHORTEST_SECONDS, voice.durationSeconds + TAIL_SECONDS)
  const asked = request.durationSeconds
  if (asked !== null && Math.abs(asked - seconds) > NOTABLE_SECONDS) {
    const message = `the voice is ${voice.durationSeconds.toFixed(1)} s long, so clips are ${seconds.toFixed(1)} s instead of ${asked} s`
    job.report({ type: 'note', profile: job.profile.name, message })
  }
  return seconds
}

async function soundTrack(job: Job, file: string): Promise<SoundTrack> {
  const scratchDir = await job.scratch.folder('music')
  const { audio } = await probeFile(job.studio.tools, file, { scratchDir, signal: job.signal })
  if (!audio)
    throw new CutroomError('media-no-audio', `${path.basename(file)} has no sound.`, { field: 'music' })
  return { path: file, audioIndex: audio.index, sha256: await hashFile(file, job.signal) }
}
