import path from 'node:path'
import { type CaptionStyleId, type Cue, CutroomError, type Preset, timelineSeconds } from '@cutroom/contracts'
import {
  fitTimeline,
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
import { NOTABLE_SECONDS, note, noteFit, noteGlyphs } from './notes.ts'
import { type ClipContent, cuesUntil, type SoundTrack, secondsForVoice } from './render/content.ts'
import { openSource, type Source } from './sources.ts'
import { runStage } from './stage.ts'
import { readTextFile } from './text-file.ts'
import { type ClipVoice, speakScript, useRecording } from './voices.ts'

/** What clips shall be like, whatever they are made from. */
export interface ClipWishes {
  /** 1 to 20. */
  readonly variants: number
  /** Seconds; `null` takes the default. Where there is a voice, its length decides. */
  readonly durationSeconds: number | null
  readonly captionStyle: CaptionStyleId | null
  readonly seed: number
  /** Make what can be made of footage that is too short. */
  readonly bestEffort: boolean
}

/** What a person asks for when files are turned into clips. Paths are absolute. */
export interface ClipRequest extends ClipWishes {
  readonly videos: readonly string[]
  readonly script: string | null
  readonly voiceId: string
  /** A recorded voice, instead of a synthetic one. */
  readonly recording: string | null
  readonly music: string | null
  /** SRT or VTT. */
  readonly captionFile: string | null
  readonly preset: Preset
}

/** What clips are made from. */
export interface ClipInputs {
  /** By id, in the order in which they are shown. */
  readonly sources: ReadonlyMap<string, Source>
  readonly voice: ClipVoice | null
  /** Instead of the voice's. */
  readonly captions: readonly Cue[] | null
  readonly music: SoundTrack | null
}

/** One variant: a timeline with all that is said, heard and shown over it. */
export interface Clip extends ClipContent {
  /** From 1. */
  readonly number: number
  readonly cuts: readonly ScoredCut[]
}

export interface ClipSet {
  readonly clips: readonly Clip[]
  readonly sources: ReadonlyMap<string, Source>
  readonly overlap: Selection['overlap']
}

const DEFAULT_SECONDS = 20

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
  return composeClips(job, { sources, voice, captions, music }, request)
}

/** Chooses the variants, fits each to the voice and lays captions over it. */
export async function composeClips(job: Job, inputs: ClipInputs, wishes: ClipWishes): Promise<ClipSet> {
  const { sources, voice, captions, music } = inputs
  const { variants, seed, bestEffort, captionStyle } = wishes
  const seconds = lengthOf(job, wishes, voice)
  const about = {
    profile: job.profile.name,
    stage: 'select',
    subject: `${variants} × ${seconds.toFixed(1)} s`,
  } as const
  const { selection, fits, overlap } = await runStage(job.report, about, async () => {
    const options = { count: variants, targetSeconds: seconds, seed, bestEffort }
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
  for (const { sentence } of selection.notes) note(job, sentence)

  const cues = captions ?? voice?.cues ?? []
  noteGlyphs(job, captionStyle, cues)
  const clips = fits.map((fit, index): Clip => {
    noteFit(job, `clip ${index + 1}`, fit)
    return {
      number: index + 1,
      cuts: fit.cuts,
      cues: cuesUntil(cues, timelineSeconds(fit.cuts)),
      captionStyle,
      voice,
      music,
      soundFrom: null,
      sourceSound: true,
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

async function voiceOf(job: Job, request: ClipRequest): Promise<ClipVoice | null> {
  const { script, voiceId, recording } = request
  if (recording === null && script === null) return null
  if (recording === null) return speakScript(job, script ?? '', voiceId)
  return useRecording(job, { path: recording, name: path.basename(recording) }, script, voiceId)
}

function lengthOf(job: Job, wishes: ClipWishes, voice: ClipVoice | null): number {
  const asked = wishes.durationSeconds
  if (voice === null) return asked ?? DEFAULT_SECONDS
  const seconds = secondsForVoice(voice.durationSeconds)
  if (asked !== null && Math.abs(asked - seconds) > NOTABLE_SECONDS) {
    const spoken = voice.durationSeconds.toFixed(1)
    note(job, `the voice is ${spoken} s long, so clips are ${seconds.toFixed(1)} s instead of ${asked} s`)
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
