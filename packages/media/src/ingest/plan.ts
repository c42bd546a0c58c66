import { CutroomError, type MediaProbe, type Rational, type VideoStream } from '@cutroom/contracts'
import { FEATURE_RATE_HZ } from '../features/features.ts'
import type { Size } from '../plan/frame.ts'
import { nativeRate } from '../probe/rate.ts'

/** A grid of pictures in one image; picture `i` shows the source at `i * intervalSeconds`. */
export interface Filmstrip {
  readonly tile: Size
  readonly columns: number
  readonly rows: number
  readonly count: number
  readonly intervalSeconds: number
}

/** All numbers of one ingest, decided before anything runs. */
export interface IngestPlan {
  readonly video: VideoStream
  readonly audioIndex: number | null
  readonly durationSeconds: number
  /** Constant frame rate of the proxy and of the analysis: every frame of a source of up to 30, each second one of 60. */
  readonly rate: Rational
  /** Frame `n` of the analysis shows the source at `phaseSeconds + n / rate`: the pictures of a source may lie beside the grid. */
  readonly phaseSeconds: number
  readonly frames: number
  readonly samples: number
  readonly proxy: Size
  /** The small grey picture that features are computed from. */
  readonly grey: Size
  readonly filmstrip: Filmstrip
  /** Frames from one picture of the filmstrip to the next. */
  readonly filmstripStep: number
}

/** Longest short and long side of a proxy. */
const PROXY_SHORT = 540
const PROXY_LONG = 1280
const MAX_RATE = 30
/** 160x90: enough to tell a cut, a hash and a blur, at a hundredth of a 1080p picture. */
const GREY_PIXELS = 160 * 90
const TILE_PIXELS = 160 * 90
const MAX_TILES = 100
const TILE_COLUMNS = 10
const MIN_TILE_SECONDS = 1
/** Time stamps in milliseconds make a picture early by up to half of one. */
const STAMP_SECONDS = 0.0006

/** Decides sizes, rate and sample times of an ingest. Throws `media-no-video` for a file without moving picture. */
export function planIngest(probe: MediaProbe): IngestPlan {
  const { video, audio, durationSeconds } = probe
  if (!video) throw new CutroomError('media-no-video', 'The file holds no moving picture.')
  const rate = analysisRate(video)
  const perSecond = rate.num / rate.den
  const frames = Math.max(1, Math.ceil(durationSeconds * perSecond - 0.01))
  const filmstripStep = Math.ceil(Math.max(MIN_TILE_SECONDS * perSecond, frames / MAX_TILES) - 1e-9)
  const count = Math.ceil(frames / filmstripStep)
  return {
    video,
    audioIndex: audio?.index ?? null,
    durationSeconds,
    rate,
    phaseSeconds: video.startSeconds % (1 / perSecond),
    frames,
    samples: Math.max(1, Math.ceil(durationSeconds * FEATURE_RATE_HZ - 1e-6)),
    proxy: proxySize(video),
    grey: sizeOfArea(video, GREY_PIXELS),
    filmstrip: {
      tile: sizeOfArea(video, TILE_PIXELS),
      columns: Math.min(count, TILE_COLUMNS),
      rows: Math.ceil(count / TILE_COLUMNS),
      count,
      intervalSeconds: filmstripStep / perSecond,
    },
    filmstripStep,
  }
}

/** The frame of the analysis that shows what a decoder started at sample `index` gives first: the first at or after its time. */
export function frameOfSample(plan: IngestPlan, index: number): number {
  const seconds = index / FEATURE_RATE_HZ - plan.phaseSeconds - STAMP_SECONDS
  const frame = Math.ceil((seconds * plan.rate.num) / plan.rate.den)
  return Math.min(Math.max(0, frame), plan.frames - 1)
}

/** Halved until it is at most 30, so that every picture of the analysis is one of the source. */
function analysisRate(video: VideoStream): Rational {
  let rate = nativeRate(video) ?? { num: MAX_RATE, den: 1 }
  while (rate.num / rate.den > MAX_RATE) rate = { num: rate.num, den: rate.den * 2 }
  return rate
}

function proxySize(video: VideoStream): Size {
  const { displayWidth: width, displayHeight: height } = video
  const factor = Math.min(1, PROXY_SHORT / Math.min(width, height), PROXY_LONG / Math.max(width, height))
  return { width: even(width * factor), height: even(height * factor) }
}

/** A size of the picture's shape with about so many pixels. */
function sizeOfArea(video: VideoStream, pixels: number): Size {
  const shape = video.displayWidth / video.displayHeight
  const width = Math.sqrt(pixels * shape)
  return { width: even(width), height: even(width / shape) }
}

/** The largest even number up to a length, at least 16: less, and no encoder takes it. */
const even = (length: number): number => Math.max(16, 2 * Math.floor((length + 1e-6) / 2))
