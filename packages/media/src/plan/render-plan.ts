import {
  type Cut,
  CutroomError,
  type MediaProbe,
  type Preset,
  type Rational,
  timelineSeconds,
  type VideoStream,
} from '@cutroom/contracts'
import { nativeRate } from '../probe/rate.ts'
import { coverCrop, type Focus, frameRate, frameSize, type Rect, type Size, toNumber } from './frame.ts'

/** Rises when the same request would give other bytes than before: a part of every export's recipe. */
export const RENDER_VERSION = 2

/** A source as the plan needs it. */
export interface RenderSource {
  /** For people; nothing that decides a byte. */
  readonly name: string
  /** Absolute path. */
  readonly path: string
  readonly probe: MediaProbe
  /** `unsafe` where decoding from a key frame in the middle gave another picture than decoding from the start. */
  readonly randomAccess: 'exact' | 'unsafe'
}

/** An audio file of any format that ffmpeg reads. */
export interface SoundFile {
  readonly path: string
  /** Index of its audio stream. */
  readonly audioIndex: number
  /** Added to its level, dB. */
  readonly gainDb: number
}

/** A source and the second of it that is heard at the first instant of the clip. */
export interface SoundFrom {
  readonly sourceId: string
  readonly start: number
}

export interface TimeRange {
  readonly start: number
  readonly end: number
}

export interface RenderRequest {
  readonly cuts: readonly (Cut & { readonly focus?: Focus })[]
  readonly sources: ReadonlyMap<string, RenderSource>
  readonly preset: Preset
  /** Whose sound is heard under the pictures. `null`: each cut brings its own; else this one's goes on, whatever is shown. */
  readonly soundFrom: SoundFrom | null
  /** Starts at the first instant of the clip. */
  readonly voice: SoundFile | null
  /** Repeated to the length of the clip, and lowered while somebody speaks. */
  readonly music: SoundFile | null
  /** Ranges of the clip, in seconds, in which the sources' own sound is silent. */
  readonly muted: readonly TimeRange[]
  /** Whether `CAPTIONS_FILE` and `FONTS_FOLDER` will lie in the scratch folder. */
  readonly captions: boolean
}

/** A piece of a source's sound, in whole samples of the export. */
export interface PlannedSound {
  readonly sourceId: string
  readonly source: RenderSource
  /** Seconds of the source. */
  readonly start: number
  readonly samples: number
}

/** One cut, in whole frames and samples of the export. Its start is on the grid of its pictures, for a source of constant frame rate. */
export interface PlannedCut extends PlannedSound {
  /** Where the decoder of the picture starts, a little earlier. */
  readonly seek: number
  readonly frames: number
  readonly crop: Rect
}

/** The cuts of a clip on the grid of frames and samples of an export. */
export interface PlannedCuts {
  readonly frame: Size
  readonly rate: Rational
  readonly frames: number
  readonly samples: number
  readonly seconds: number
  readonly cuts: readonly PlannedCut[]
}

/** Everything that decides an export, as plain data; the argv builders beside this file turn it into commands. */
export interface RenderPlan extends PlannedCuts {
  /** What is heard under the pictures, one piece after the other, from the first instant of the clip. */
  readonly sounds: readonly PlannedSound[]
  readonly preset: Preset
  readonly voice: SoundFile | null
  readonly music: SoundFile | null
  readonly muted: readonly TimeRange[]
  readonly captions: boolean
}

/** Samples per second of all sound inside of a render. */
export const SAMPLE_RATE = 48_000

/** A start this little off the grid of pictures is on it, in pictures. */
const GRID_SLACK = 0.01

const CENTRE: Focus = { x: 0.5, y: 0.5 }

/**
 * The picture of a source that is nearest to a time. Decoding starts a quarter of a picture before it: a start midway between
 * two pictures, or time stamps rounded to milliseconds, would make the output skip one and show another twice. The grid of
 * pictures goes on before the first of them: there, a cut holds the first one until its time.
 */
function firstPicture(video: VideoStream, time: number): { start: number; seek: number } {
  const rate = nativeRate(video)
  if (!rate) return { start: time, seek: time }
  const period = rate.den / rate.num
  const earliest = Math.ceil(-video.startSeconds / period - GRID_SLACK)
  const nearest = Math.round((time - video.startSeconds) / period)
  const start = Math.max(0, video.startSeconds + Math.max(earliest, nearest) * period)
  return { start, seek: Math.max(0, start - period / 4) }
}

function sourceOf(sources: RenderRequest['sources'], sourceId: string): RenderSource {
  const source = sources.get(sourceId)
  if (source) return source
  throw new CutroomError('field-invalid', `The timeline names an unknown source ${sourceId}.`, {
    field: 'cuts',
  })
}

/**
 * Lays cuts on the grid of frames and samples. Boundaries are rounded where they fall on the clip's own clock, so that
 * rounding never adds up over many cuts.
 * Throws `field-invalid` for cuts outside of their sources or shorter than a frame, `media-no-video`.
 */
export function planCuts(request: Pick<RenderRequest, 'cuts' | 'sources' | 'preset'>): PlannedCuts {
  const videoOf = (source: RenderSource) => {
    if (source.probe.video) return source.probe.video
    throw new CutroomError('media-no-video', `${source.name} holds no moving picture.`)
  }
  const [first] = request.cuts
  if (!first) throw new CutroomError('field-invalid', 'The timeline has no cuts.', { field: 'cuts' })
  const firstVideo = videoOf(sourceOf(request.sources, first.sourceId))
  const frame = frameSize(request.preset, firstVideo)
  const rate = frameRate(request.preset, firstVideo)
  const fps = toNumber(rate)

  let clock = 0
  let framesBefore = 0
  let samplesBefore = 0
  const cuts = request.cuts.map((cut, index): PlannedCut => {
    const source = sourceOf(request.sources, cut.sourceId)
    const { durationSeconds } = source.probe
    // Half a frame of grace: times that were rounded for people may lie just beyond the end.
    if (!(cut.start >= 0 && cut.end > cut.start && cut.end <= durationSeconds + 0.5 / fps)) {
      const range = `${cut.start.toFixed(3)}–${cut.end.toFixed(3)} s`
      throw new CutroomError(
        'field-invalid',
        `Cut ${index + 1} (${range}) lies outside of its source, which is ${durationSeconds.toFixed(3)} s long.`,
        { field: 'cuts', details: { cut: index, durationSeconds } },
      )
    }
    clock += cut.end - cut.start
    const frames = Math.round(clock * fps) - framesBefore
    framesBefore += frames
    const samples = Math.round((framesBefore * SAMPLE_RATE) / fps) - samplesBefore
    samplesBefore += samples
    if (frames < 1) {
      throw new CutroomError('field-invalid', `Cut ${index + 1} is shorter than one frame.`, {
        field: 'cuts',
      })
    }
    const video = videoOf(source)
    const crop = coverCrop(video, frame, cut.focus ?? CENTRE)
    return { sourceId: cut.sourceId, source, ...firstPicture(video, cut.start), frames, samples, crop }
  })
  return { frame, rate, frames: framesBefore, samples: samplesBefore, seconds: framesBefore / fps, cuts }
}

/** Throws what `planCuts` throws, and `field-invalid` for sound or muted ranges outside of the clip. */
export function planRender(request: RenderRequest): RenderPlan {
  const planned = planCuts(request)
  const length = timelineSeconds(request.cuts)
  for (const range of request.muted) {
    if (!(range.start >= 0 && range.end > range.start && range.start < length)) {
      throw new CutroomError(
        'field-invalid',
        `The muted range ${range.start}–${range.end} s lies outside of the clip.`,
        {
          field: 'muted',
        },
      )
    }
  }
  const { preset, voice, music, muted, captions, soundFrom } = request
  const sounds =
    soundFrom === null
      ? planned.cuts
      : [wholeSound(soundFrom, sourceOf(request.sources, soundFrom.sourceId), planned.samples)]
  return { ...planned, sounds, preset, voice, music, muted, captions }
}

/** One sound for the whole clip. Where its source ends before the clip, silence follows. */
function wholeSound({ sourceId, start }: SoundFrom, source: RenderSource, samples: number): PlannedSound {
  const { durationSeconds } = source.probe
  if (start >= 0 && start < durationSeconds) return { sourceId, source, start, samples }
  throw new CutroomError(
    'field-invalid',
    `The sound starts at ${start.toFixed(3)} s of ${source.name}, which is ${durationSeconds.toFixed(3)} s long.`,
    { field: 'soundFrom', details: { start, durationSeconds } },
  )
}
