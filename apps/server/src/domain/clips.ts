import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type CaptionStyleId, type Cue, CutroomError, type Preset } from '@cutroom/contracts'
import {
  charactersWithoutGlyph,
  type Focus,
  fitTimeline,
  focusOfCut,
  readCaptions,
  type ScoredCut,
  type Selection,
  selectTimelines,
} from '@cutroom/media'
import { hashFile } from './hash-file.ts'
import type { Job } from './job.ts'
import { openSource, type Source } from './sources.ts'
import { runStage } from './stage.ts'
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
  readonly cues: readonly Cue[]
  readonly captionStyle: CaptionStyleId
  readonly voice: ClipVoice | null
  readonly music: SoundTrack | null
}

interface SoundTrack {
  readonly path: string
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
/** A clip that is changed by more than this for its voice is worth a note. */
const NOTABLE_SECONDS = 0.5

/** Ingests the footage, has the script spoken and chooses the variants. Nothing is rendered. */
export async function prepareClips(job: Job, request: ClipRequest): Promise<ClipSet> {
  const [opened, voice, captions, music] = await Promise.all([
    Promise.all(request.videos.map((file) => openSource(job, file))),
    voiceOf(job, request),
    request.captionFile === null ? null : readCaptionFile(request.captionFile),
    request.music === null ? null : soundTrack(job, request.music),
  ])
  const sources = new Map(opened.map((source) => [source.id, source]))
  const seconds = lengthOf(job, request, voice)
  const about = {
    profile: job.profile.name,
    stage: 'select',
    subject: `${request.variants} × ${seconds.toFixed(1)} s`,
  } as const
  const selection = await runStage(job.report, about, async () => {
    const options = {
      count: request.variants,
      targetSeconds: seconds,
      seed: request.seed,
      bestEffort: request.bestEffort,
    }
    const value = selectTimelines(
      [...sources.values()].map(({ id, features }) => ({ sourceId: id, features })),
      options,
    )
    return { value, detail: `variants share at most ${(100 * value.overlap.max).toFixed(0)} %` }
  })
  const note = (message: string) => job.report({ type: 'note', profile: job.profile.name, message })
  for (const { sentence } of selection.notes) note(sentence)

  const cues = request.captionStyle === null ? [] : (captions ?? voice?.cues ?? [])
  const missing = charactersWithoutGlyph(cues.map((cue) => cue.text).join('\n'))
  if (missing.length > 0) note(`the captions leave out ${missing.join(' ')}, which no caption font has`)
  const clips = selection.variants.map((variant, index): Clip => {
    const fitted = voice === null ? null : fitTimeline(variant.cuts, seconds, { unused: variant.unused })
    const moved = fitted?.steps.reduce((sum, step) => sum + step.seconds, 0) ?? 0
    if (fitted && moved > NOTABLE_SECONDS) note(`clip ${index + 1}: ${fitted.sentence}`)
    const cuts = (fitted?.cuts ?? variant.cuts).map((cut): ClipCut => {
      const features = sources.get(cut.sourceId)?.features
      if (!features)
        throw new CutroomError('internal', `The selection names the unknown source ${cut.sourceId}.`)
      return {
        ...cut,
        focus: focusOfCut(features, cut),
      }
    })
    const length = cuts.reduce((sum, cut) => sum + cut.end - cut.start, 0)
    return {
      number: index + 1,
      cuts,
      cues: cues.filter((cue) => cue.start < length),
      captionStyle: request.captionStyle ?? 'plain',
      voice,
      music,
    }
  })
  return { clips, sources, overlap: selection.overlap }
}

async function voiceOf(job: Job, request: ClipRequest): Promise<ClipVoice | null> {
  const { script, voiceId, recording } = request
  if (recording !== null) return useRecording(job, recording, script, voiceId)
  return script === null ? null : speakScript(job, script, voiceId)
}

function lengthOf(job: Job, request: ClipRequest, voice: ClipVoice | null): number {
  if (voice === null) return request.durationSeconds ?? DEFAULT_SECONDS
  const seconds = voice.durationSeconds + TAIL_SECONDS
  const asked = request.durationSeconds
  if (asked !== null && Math.abs(asked - seconds) > NOTABLE_SECONDS) {
    const message = `the voice is ${voice.durationSeconds.toFixed(1)} s long, so clips are ${seconds.toFixed(1)} s instead of ${asked} s`
    job.report({ type: 'note', profile: job.profile.name, message })
  }
  return seconds
}

async function readCaptionFile(file: string): Promise<Cue[]> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CutroomError('file-missing', `The file ${path.basename(file)} cannot be read.`, {
      cause,
      field: 'srt',
    })
  })
  return readCaptions(bytes)
}

async function soundTrack(job: Job, file: string): Promise<SoundTrack> {
  return { path: file, sha256: await hashFile(file, job.signal) }
}
