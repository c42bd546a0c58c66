import { type AudioStream, CutroomError, type Rational, type VideoStream } from '@cutroom/contracts'
import { type FfprobePacket, type FfprobeReport, type FfprobeStream, numberOf } from './ffprobe.ts'

/** What ffprobe's description of a file gives before its end is looked at. */
export interface Description {
  readonly container: string
  /** The instant of the file's own clock that is second 0 of the source. */
  readonly startSeconds: number
  /** What the file says of the length of the chosen stream, on its own clock's scale; it may be wrong. */
  readonly statedSeconds: number | null
  readonly video: VideoStream | null
  readonly audio: AudioStream | null
  readonly hasCoverArt: boolean
  readonly streamCount: number
}

/**
 * Reads ffprobe's JSON (of `describeTokens`). Throws `media-broken` where a value that is needed is not there and
 * `media-unrecognised` where there is neither picture nor sound; it never puts in a value of its own.
 */
export function parseDescription(report: FfprobeReport): Description {
  const streams = report.streams ?? []
  const packets = report.packets ?? []
  const chosenVideo = chooseVideo(streams, packets)
  const chosenAudio = chooseAudio(streams)
  const container = report.format?.format_name
  const chosen = chosenVideo ?? chosenAudio
  if (container === undefined || chosen === null) {
    throw new CutroomError('media-unrecognised', 'The file holds neither moving picture nor sound.')
  }
  const startSeconds = numberOf(report.format?.start_time) ?? 0
  return {
    container,
    startSeconds,
    statedSeconds: numberOf(chosen.duration) ?? numberOf(report.format?.duration),
    video: chosenVideo && describeVideo(chosenVideo, packets, startSeconds),
    audio: chosenAudio && describeAudio(chosenAudio),
    hasCoverArt: streams.some((stream) => stream.codec_type === 'video' && isStill(stream)),
    streamCount: streams.length,
  }
}

const isStill = (stream: FfprobeStream): boolean =>
  stream.disposition?.attached_pic === 1 ||
  stream.disposition?.timed_thumbnails === 1 ||
  stream.disposition?.still_image === 1

/** The largest moving picture; of equal ones the default, then the first. */
function chooseVideo(
  streams: readonly FfprobeStream[],
  packets: readonly FfprobePacket[],
): FfprobeStream | null {
  const moves = (stream: FfprobeStream): boolean =>
    stream.codec_type === 'video' &&
    !isStill(stream) &&
    (numberOf(stream.nb_frames) ?? 2) > 1 &&
    packets.filter((packet) => packet.stream_index === stream.index).length > 1
  const area = (stream: FfprobeStream): number => (stream.width ?? 0) * (stream.height ?? 0)
  const [best] = streams
    .filter(moves)
    .sort((a, b) => area(b) - area(a) || byDefault(a, b) || a.index - b.index)
  return best ?? null
}

/** The default sound, commentaries last; of equal ones the first. */
function chooseAudio(streams: readonly FfprobeStream[]): FfprobeStream | null {
  const aside = (stream: FfprobeStream): number =>
    (stream.disposition?.comment ?? 0) + (stream.disposition?.visual_impaired ?? 0)
  const [best] = streams
    .filter((stream) => stream.codec_type === 'audio' && (stream.channels ?? 0) > 0)
    .sort((a, b) => aside(a) - aside(b) || byDefault(a, b) || a.index - b.index)
  return best ?? null
}

const byDefault = (a: FfprobeStream, b: FfprobeStream): number =>
  (b.disposition?.default ?? 0) - (a.disposition?.default ?? 0)

function describeVideo(
  stream: FfprobeStream,
  packets: readonly FfprobePacket[],
  fileStartSeconds: number,
): VideoStream {
  const codedWidth = stream.width ?? 0
  const codedHeight = stream.height ?? 0
  const realFrameRate = rational(stream.r_frame_rate, '/')
  const averageFrameRate = rational(stream.avg_frame_rate, '/') ?? realFrameRate
  const codec = known(stream.codec_name)
  const pixelFormat = known(stream.pix_fmt)
  if (!codec || !pixelFormat || codedWidth < 1 || codedHeight < 1 || !realFrameRate || !averageFrameRate) {
    throw new CutroomError(
      'media-broken',
      `The video track (stream ${stream.index}) does not say its codec, size or frame rate.`,
      { details: { codec, pixelFormat, width: codedWidth, height: codedHeight } },
    )
  }
  const rotation = clockwise(stream)
  const sampleAspectRatio = rational(stream.sample_aspect_ratio, ':') ?? { num: 1, den: 1 }
  const wide = Math.max(1, Math.round((codedWidth * sampleAspectRatio.num) / sampleAspectRatio.den))
  const turned = rotation === 90 || rotation === 270
  const transfer = known(stream.color_transfer)
  return {
    index: stream.index,
    codec,
    startSeconds: Math.max(0, (numberOf(stream.start_time) ?? fileStartSeconds) - fileStartSeconds),
    codedWidth,
    codedHeight,
    rotation,
    sampleAspectRatio,
    displayWidth: turned ? codedHeight : wide,
    displayHeight: turned ? wide : codedHeight,
    averageFrameRate,
    realFrameRate,
    variableFrameRate: isVariable(
      packets.filter((packet) => packet.stream_index === stream.index),
      averageFrameRate,
    ),
    pixelFormat,
    bitDepth: bitDepth(stream, pixelFormat),
    interlaced: /^(tt|bb|tb|bt)$/.test(stream.field_order ?? ''),
    colour: {
      primaries: known(stream.color_primaries),
      transfer,
      matrix: known(stream.color_space),
      range: stream.color_range === 'tv' ? 'limited' : stream.color_range === 'pc' ? 'full' : null,
    },
    hdr: transfer === 'smpte2084' ? 'pq' : transfer === 'arib-std-b67' ? 'hlg' : null,
  }
}

function describeAudio(stream: FfprobeStream): AudioStream {
  const sampleRate = numberOf(stream.sample_rate)
  const codec = known(stream.codec_name)
  if (!codec || !sampleRate || !stream.channels) {
    throw new CutroomError(
      'media-broken',
      `The audio track (stream ${stream.index}) does not say its codec or sample rate.`,
    )
  }
  return {
    index: stream.index,
    codec,
    sampleRate,
    channels: stream.channels,
    layout: known(stream.channel_layout),
  }
}

const known = (text: string | undefined): string | null =>
  text === undefined || text === 'unknown' || text === 'N/A' || text === 'reserved' ? null : text

/** `a/b` or `a:b` of two positive numbers; `0/0`, `0:1` and `N/A` are how ffprobe says that it does not know. */
function rational(text: string | undefined, separator: '/' | ':'): Rational | null {
  const [num, den] = (text ?? '').split(separator).map(Number)
  return num !== undefined && den !== undefined && num > 0 && den > 0 ? { num, den } : null
}

/** ffprobe counts counter-clockwise; the tag `rotate` of old versions counts clockwise. */
function clockwise(stream: FfprobeStream): VideoStream['rotation'] {
  const matrix = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation
  const degrees = matrix === undefined ? (numberOf(stream.tags?.rotate) ?? 0) : -matrix
  const quarter = ((Math.round(degrees / 90) % 4) + 4) % 4
  return ([0, 90, 180, 270] as const)[quarter] ?? 0
}

/** ffmpeg's names end in the depth where it is not 8 (`yuv420p10le`, `p010le`, `gray12le`); `rgb48le` has 16 of each. */
function bitDepth(stream: FfprobeStream, pixelFormat: string): number {
  const raw = numberOf(stream.bits_per_raw_sample)
  if (raw !== null && raw > 0) return raw
  if (/^(rgb|bgr)48|^(rgba|bgra)64/.test(pixelFormat)) return 16
  const named = /(?:p0|p2|p4|p|gray|x2rgb|x2bgr)(9|10|12|14|16)(?:le|be)$/.exec(pixelFormat)
  return named ? Number(named[1]) : 8
}

/** Time stamps are rounded to milliseconds by Matroska, so two steps of the same rate differ by up to two of them. */
const STEP_TOLERANCE_SECONDS = 0.0021
/** Pictures that may stand out of order at the end of a list; H.264 holds back at most 16, encoders in use a few. */
const REORDERED = 8

/**
 * True where the steps between the first pictures differ (more than one in thirty leaves the middle one by over a tenth), or
 * where the average of the whole file does not fit them by 2 %.
 */
function isVariable(packets: readonly FfprobePacket[], average: Rational): boolean {
  // An MPEG program stream does not stamp every picture, but every picture has its turn to be decoded.
  const stamped = packets.every((packet) => numberOf(packet.pts_time) !== null)
  const times = packets
    .map((packet) => numberOf(stamped ? packet.pts_time : packet.dts_time))
    .filter((time) => time !== null)
    .sort((a, b) => a - b)
  // The last may lack neighbours that follow them in the file but precede them in time: the list ends anywhere.
  const whole = times.length > REORDERED + 2 ? times.slice(0, -REORDERED) : times
  const steps = whole.slice(1).map((time, index) => time - (whole[index] ?? 0))
  const middle = [...steps].sort((a, b) => a - b)[steps.length >> 1]
  if (middle === undefined) return false
  const tolerance = Math.max(middle * 0.1, STEP_TOLERANCE_SECONDS)
  const uneven = steps.filter((step) => Math.abs(step - middle) > tolerance).length
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length
  return uneven > steps.length / 30 || Math.abs((mean * average.num) / average.den - 1) > 0.02
}
