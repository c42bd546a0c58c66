import type { VideoStream } from '@cutroom/contracts'
import { inputTokens } from '../probe/input.ts'
import { chain, filter, inSeconds } from './filter-graph.ts'
import type { PlannedCut, RenderPlan } from './render-plan.ts'
import { asBt709, deinterlaced, toPlainPicture } from './tone.ts'

/** Names of the files that the commands of a render share in its scratch folder. */
export const CAPTIONS_FILE = 'captions.ass'
export const FONTS_FOLDER = 'fonts'
export const SOUND_FILE = 'sound.m4a'
export const EXPORT_FILE = 'export.mp4'

/** Threads of one decoder: two keep a 4K HEVC decoder at 0.2 GB; more gain nothing behind one encoder. */
const DECODER_THREADS = 2
/** Threads of the encoder. Fixed, because x264's output depends on it: the same recipe gives the same bytes on any machine. */
const ENCODER_THREADS = 3
/** A source may end this much before its container says; its last picture is held for as long. Seconds. */
const HOLD_SECONDS = 0.1
/** Without the two last, swscale rounds as the instructions of the CPU have it: measured, they take 4 % more time. */
const SCALER = 'bicubic+accurate_rnd+bitexact'

/** Decodes one cut to raw frames of the export's size, rate and colour on stdout. */
export function pictureDecoder(plan: RenderPlan, cut: PlannedCut): string[] {
  const video = cut.source.probe.video as VideoStream
  const { num, den } = plan.rate
  const fromStart = cut.source.randomAccess === 'unsafe'
  return [
    ...['-threads', String(DECODER_THREADS)],
    ...(fromStart ? [] : ['-ss', inSeconds(cut.seek)]),
    ...inputTokens(cut.source.path),
    ...['-map', `0:${video.index}`],
    '-vf',
    chain(
      fromStart && filter('trim', { start: inSeconds(cut.seek) }),
      fromStart && filter('setpts', { expr: `PTS-${inSeconds(cut.seek)}/TB` }),
      deinterlaced(video),
      filter('fps', { fps: `${num}/${den}`, start_time: 0 }),
      filter('tpad', { stop_mode: 'clone', stop_duration: HOLD_SECONDS }),
      filter('crop', { w: cut.crop.width, h: cut.crop.height, x: cut.crop.x, y: cut.crop.y }),
      toPlainPicture(video, plan.frame, SCALER),
    ),
    ...['-frames:v', String(cut.frames)],
    ...['-f', 'rawvideo', 'pipe:1'],
  ]
}

/** The one encode: raw frames on stdin, captions burnt in, and the sound as it was encoded, into `EXPORT_FILE`. */
export function exportEncoder(plan: RenderPlan): string[] {
  const { video } = plan.preset
  const { num, den } = plan.rate
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
    ...['-protocol_whitelist', 'file', '-f', 'mov', '-i', SOUND_FILE],
    ...['-map', '0:v', '-map', '1:a'],
    '-vf',
    chain(
      asBt709,
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
    ...['-c:a', 'copy', '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ...['-movflags', '+faststart', '-f', 'mp4', EXPORT_FILE],
  ]
}
