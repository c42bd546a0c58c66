import { chain, filter, inSeconds, link } from '../plan/filter-graph.ts'
import type { Size } from '../plan/frame.ts'
import { asBt709, deinterlaced, hasPlainLuma, toPlainPicture } from '../plan/tone.ts'
import { inputTokens } from '../probe/input.ts'
import type { IngestPlan } from './plan.ts'

/** Names of the files that an ingest leaves in its scratch folder. */
export const PROXY_NAME = 'proxy.mp4'
export const FILMSTRIP_NAME = 'filmstrip.jpg'

/** A source of which a larger part of the packets cannot be decoded is refused. */
export const MAX_ERROR_RATE = 0.1

/** Each thread of a decoder holds pictures: more than three of 4K go beyond the memory that an ingest may use. */
const DECODER_THREADS = 3
/** Fixed, because x264's output depends on it: the same source gives the same proxy on any machine. */
const ENCODER_THREADS = 2

/**
 * Ticks of a second in every proxy: parts of proxies are joined as they are, which needs clocks of one kind. Pictures of 23.976 to 60 Hz
 * begin on a tick.
 */
const PROXY_TICKS = 120_000

/** Pictures only become smaller here, and much: every pixel counts. The two last make it round alike on any CPU. */
const SCALER = 'area+accurate_rnd+bitexact'

/** Samples per second of the mono sound that is analysed. */
export const SOUND_RATE_HZ = 16_000

/**
 * Arguments of the one run of ffmpeg that decodes a source: grey frames leave through `pipe:4`, sound (where there is
 * any) through `pipe:5`, proxy and filmstrip are files in the working folder. Without `files`, it only feeds the analysis.
 */
export function ingestTokens(plan: IngestPlan, path: string, files: boolean): string[] {
  const sound = plan.audioIndex !== null
  const until = ['-t', inSeconds(plan.durationSeconds)]
  return [
    ...['-max_error_rate', String(MAX_ERROR_RATE), '-threads', String(DECODER_THREADS)],
    ...inputTokens(path),
    ...['-filter_complex', graph(plan, files)],
    ...['-map', '[grey]', ...until, '-fps_mode', 'passthrough'],
    ...['-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:4'],
    ...(sound ? ['-map', '[pcm]', ...until, '-c:a', 'pcm_s16le', '-f', 's16le', 'pipe:5'] : []),
    ...(files ? [...proxyTokens(plan), ...filmstripTokens] : []),
  ]
}

/** Arguments of ffmpeg that seek to a time and write the first grey picture from there on to stdout. */
export const seekTokens = (plan: IngestPlan, path: string, seconds: number): string[] => [
  ...['-ss', inSeconds(seconds)],
  ...inputTokens(path),
  ...['-map', `0:${plan.video.index}`, '-vf', greyOfProxy(plan), '-frames:v', '1'],
  ...['-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:1'],
]

/**
 * Intra frames only: measured against a key frame every half second, it takes 6 % less time and gives files 1.4 times as
 * large, and a preview can be cut at any frame without encoding.
 */
function proxyTokens(plan: IngestPlan): string[] {
  return [
    ...['-map', '[proxy]', '-t', inSeconds(plan.durationSeconds)],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '28', '-g', '1', '-bf', '0'],
    ...['-threads', String(ENCODER_THREADS)],
    ...['-pix_fmt', 'yuv420p', '-color_range', 'tv', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-map', '[sound]', '-c:a', 'aac', '-b:a', '96k'],
    ...['-video_track_timescale', String(PROXY_TICKS), '-movflags', '+faststart', PROXY_NAME],
  ]
}

const filmstripTokens = [
  ...['-map', '[filmstrip]', '-fps_mode', 'passthrough', '-frames:v', '1'],
  ...['-c:v', 'mjpeg', '-q:v', '5', '-f', 'image2', '-update', '1', FILMSTRIP_NAME],
]

function graph(plan: IngestPlan, files: boolean): string {
  const source = [`0:${plan.video.index}`]
  if (!files) {
    return [link(source, chain(constantRate(plan), grey(plan)), ['grey']), ...sound(plan, files)].join(';')
  }
  const picture = chain(constantRate(plan), upright(plan), filter('split', { outputs: 3 }))
  return [
    link(source, picture, ['proxy', 'small', 'tiles']),
    link(['small'], luma(plan.grey), ['grey']),
    link(['tiles'], strip(plan), ['filmstrip']),
    ...sound(plan, files),
  ].join(';')
}

/**
 * The luma plane as it is, made smaller. Both ranges are named, since a scaler that has to guess takes grey for full range and
 * what it came from for limited, and would convert.
 */
const luma = (size: Size): string =>
  chain(filter('extractplanes', { planes: 'y' }), scale(size, { in_range: 'full', out_range: 'full' }))

/** The small grey picture by way of the proxy's. */
const greyOfProxy = (plan: IngestPlan): string => chain(upright(plan), luma(plan.grey))

/** The small grey picture straight from the source: only luma is scaled, where it need not be converted. */
const grey = (plan: IngestPlan): string =>
  hasPlainLuma(plan.video)
    ? chain(filter('format', { pix_fmts: 'yuv420p' }), luma(plan.grey))
    : greyOfProxy(plan)

const scale = (size: Size, options: Readonly<Record<string, string>>): string =>
  filter('scale', { w: size.width, h: size.height, flags: SCALER, ...options })

/** Frames at the rate of the analysis, from second 0 of the source on. */
const constantRate = ({ video, rate, phaseSeconds }: IngestPlan): string =>
  chain(
    deinterlaced(video),
    phaseSeconds > 0 && filter('setpts', { expr: `PTS-${inSeconds(phaseSeconds)}/TB` }),
    filter('fps', { fps: `${rate.num}/${rate.den}`, start_time: 0 }),
  )

/** ffmpeg turns the picture upright before it comes here. */
const upright = ({ video, proxy }: IngestPlan): string => chain(toPlainPicture(video, proxy, SCALER), asBt709)

/** JPEG files are bt601 of full range (JFIF). */
const strip = ({ filmstrip, filmstripStep }: IngestPlan): string =>
  chain(
    filter('select', { expr: `not(mod(n,${filmstripStep}))` }),
    scale(filmstrip.tile, {
      in_color_matrix: 'bt709',
      in_range: 'limited',
      out_color_matrix: 'bt601',
      out_range: 'full',
    }),
    filter('format', { pix_fmts: 'yuvj420p' }),
    filter('tile', { layout: `${filmstrip.columns}x${filmstrip.rows}` }),
  )

/**
 * Silence stands in for what lies before late sound and in gaps, so that sound and picture share their second 0, and for sound that there
 * is not: a preview that opens with such a proxy would have none at all.
 */
function sound(plan: IngestPlan, files: boolean): string[] {
  if (plan.audioIndex === null)
    return files
      ? [link([], filter('anullsrc', { channel_layout: 'stereo', sample_rate: 48_000 }), ['sound'])]
      : []
  const source = [`0:${plan.audioIndex}`]
  const steady = chain(
    filter('aresample', { sample_rate: 48_000, async: 1, first_pts: 0 }),
    filter('aformat', { channel_layouts: 'stereo' }),
  )
  const mono = chain(
    filter('aresample', { sample_rate: SOUND_RATE_HZ }),
    filter('aformat', { sample_fmts: 's16', channel_layouts: 'mono' }),
  )
  if (!files) return [link(source, chain(steady, mono), ['pcm'])]
  return [
    link(source, chain(steady, filter('asplit', { outputs: 2 })), ['sound', 'forPcm']),
    link(['forPcm'], mono, ['pcm']),
  ]
}
