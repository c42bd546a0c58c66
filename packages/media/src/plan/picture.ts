import type { VideoStream } from '@cutroom/contracts'
import { inputTokens } from '../probe/input.ts'
import { chain, filter } from './filter-graph.ts'
import { type PlannedCut, type RenderPlan, SAMPLE_RATE } from './render-plan.ts'

/** Names of the files that the commands of a render share in its scratch folder. */
export const CAPTIONS_FILE = 'captions.ass'
export const FONTS_FOLDER = 'fonts'
export const SOUND_FILE = 'sound.wav'
export const EXPORT_FILE = 'export.mp4'

/** Threads of one decoder: two keep a 4K HEVC decoder at 0.2 GB; more gain nothing behind one encoder. */
const DECODER_THREADS = 2
/** Threads of the encoder. Fixed, because x264's output depends on it: the same recipe gives the same bytes on any machine. */
const ENCODER_THREADS = 3
/** A source may end this much before its container says; its last picture is held for as long. Seconds. */
const HOLD_SECONDS = 0.1

/** Decodes one cut to raw frames of the export's size, rate and colour on stdout. */
export function pictureDecoder(plan: RenderPlan, cut: PlannedCut): string[] {
  const video = cut.source.probe.video as VideoStream
  const { num, den } = plan.rate
  const fromStart = cut.source.randomAccess === 'unsafe'
  return [
    ...['-threads', String(DECODER_THREADS)],
    ...(fromStart ? [] : ['-ss', seconds(cut.seek)]),
    ...inputTokens(cut.source.path),
    ...['-map', `0:${video.index}`],
    '-vf',
    chain(
      fromStart && filter('trim', { start: seconds(cut.seek) }),
      fromStart && filter('setpts', { expr: `PTS-${seconds(cut.seek)}/TB` }),
      video.interlaced && filter('bwdif', { mode: 'send_frame', deint: 'interlaced' }),
      filter('fps', { fps: `${num}/${den}`, start_time: 0 }),
      filter('tpad', { stop_mode: 'clone', stop_duration: HOLD_SECONDS }),
      filter('crop', { w: cut.crop.width, h: cut.crop.height, x: cut.crop.x, y: cut.crop.y }),
      ...toneFilters(video, plan),
      filter('setsar', { sar: 1 }),
      filter('format', { pix_fmts: 'yuv420p' }),
    ),
    ...['-frames:v', String(cut.frames)],
    ...['-f', 'rawvideo', 'pipe:1'],
  ]
}

/** Scaling and the way to bt709, which is what every platform shows. */
function toneFilters(video: VideoStream, plan: RenderPlan): string[] {
  const size = { w: plan.frame.width, h: plan.frame.height }
  const { matrix, range } = video.colour
  if (video.hdr === null) {
    return [
      filter('scale', {
        ...size,
        flags: 'bicubic',
        in_color_matrix: swscaleMatrix(matrix, video.codedHeight),
        in_range: range === 'full' || video.pixelFormat.startsWith('yuvj') ? 'full' : 'limited',
        out_color_matrix: 'bt709',
        out_range: 'limited',
      }),
    ]
  }
  // Hable's curve over linear light with 100 cd/m² as white; desaturation off keeps skies blue.
  const transferIn = video.hdr === 'pq' ? 'smpte2084' : 'arib-std-b67'
  return [
    filter('zscale', {
      ...size,
      filter: 'bicubic',
      primariesin: '2020',
      transferin: transferIn,
      matrixin: '2020_ncl',
      transfer: 'linear',
      npl: 100,
    }),
    filter('format', { pix_fmts: 'gbrpf32le' }),
    filter('zscale', { primaries: '709' }),
    filter('tonemap', { tonemap: 'hable', desat: 0 }),
    filter('zscale', { transfer: '709', matrix: '709', range: 'limited' }),
  ]
}

/** Files that do not name their matrix follow the habit of their size: SD is bt601, everything else bt709. */
function swscaleMatrix(matrix: string | null, height: number): string {
  if (matrix === 'bt709') return 'bt709'
  if (matrix?.startsWith('bt2020')) return 'bt2020'
  if (matrix === 'smpte170m' || matrix === 'bt470bg' || matrix === 'fcc') return 'bt601'
  return height <= 576 ? 'bt601' : 'bt709'
}

/** The one encode: raw frames on stdin, the finished sound, captions burnt in, into `EXPORT_FILE`. */
export function exportEncoder(plan: RenderPlan): string[] {
  const { video, audio } = plan.preset
  const { num, den } = plan.rate
  const bt709 = { color_primaries: 'bt709', color_trc: 'bt709', colorspace: 'bt709', range: 'tv' }
  return [
    ...[
      '-f',
      'rawvideo',
      '-pixel_format',
      'yuv420p',
      '-video_size',
      `${plan.frame.width}x${plan.frame.height}`,
    ],
    ...['-framerate', `${num}/${den}`, '-i', 'pipe:0'],
    ...['-protocol_whitelist', 'file', '-f', 'wav', '-i', SOUND_FILE],
    ...['-map', '0:v', '-map', '1:a'],
    '-vf',
    chain(
      filter('setparams', bt709),
      plan.captions && filter('ass', { filename: CAPTIONS_FILE, fontsdir: FONTS_FOLDER }),
      filter('format', { pix_fmts: 'yuv420p' }),
    ),
    ...['-c:v', 'libx264', '-preset', video.speed, '-profile:v', 'high', '-crf', String(video.crf)],
    ...['-maxrate', `${video.maxRateKbps}k`, '-bufsize', `${video.bufferKbit}k`],
    ...[
      '-g',
      String(Math.round((video.gopSeconds * num) / den)),
      '-flags',
      '+cgop',
      '-threads',
      String(ENCODER_THREADS),
    ],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
    ...['-c:a', 'aac', '-b:a', `${audio.bitRateKbps}k`, '-ar', String(SAMPLE_RATE), '-ac', '2'],
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
    ...['-movflags', '+faststart', '-f', 'mp4', EXPORT_FILE],
  ]
}

/** ffmpeg's spelling of a time: microseconds, no exponent. */
export const seconds = (value: number): string => value.toFixed(6)
