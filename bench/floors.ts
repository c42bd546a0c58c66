import type { RenderPlan } from '@cutroom/media'

/** Decode everything and keep nothing. */
export const decodeToNull = (source: string): string[] => [
  '-v',
  'error',
  '-i',
  source,
  '-map',
  '0:v:0',
  '-f',
  'null',
  '-',
]

/** Decode once and encode the proxy that ingest makes, with the settings of `packages/media/src/ingest/argv.ts`. */
export const proxyOnly = (source: string): string[] => [
  ...['-v', 'error', '-y', '-i', source, '-vf', 'fps=30,scale=960:540:flags=area,setsar=1,format=yuv420p'],
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '28', '-g', '1', '-bf', '0'],
  ...['-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart', 'floor-proxy.mp4'],
]

/**
 * The best single command that we know for the same export: an input per cut, seeked, decoded by as many threads as ffmpeg likes,
 * joined by `concat`, loudness by ffmpeg's own `loudnorm` in one pass, captions and encoder as in a render.
 */
export function singleCommand(
  plan: RenderPlan,
  captions: { readonly file: string; readonly fonts: string } | null,
): string[] {
  const { cuts, frame, preset } = plan
  const inputs = cuts.flatMap(({ source, seek, frames }) => [
    '-ss',
    seek.toFixed(6),
    '-t',
    (frames / 30 + 0.1).toFixed(6),
    '-i',
    source.path,
  ])
  const chains = cuts.map(({ crop, frames, samples }, index) => {
    const picture =
      `[${index}:v:0]fps=30:start_time=0,tpad=stop_mode=clone:stop_duration=0.1,trim=end_frame=${frames},` +
      `crop=${crop.width}:${crop.height}:${crop.x}:${crop.y},scale=${frame.width}:${frame.height}:flags=bicubic,setsar=1,format=yuv420p[v${index}]`
    const sound =
      `[${index}:a:0]aresample=48000:async=1:first_pts=0,aformat=channel_layouts=stereo,atrim=end_sample=${samples},` +
      `afade=in:ns=384,afade=out:ss=${samples - 384}:ns=384[a${index}]`
    return `${picture};${sound}`
  })
  const joined = `${cuts.map((_, index) => `[v${index}][a${index}]`).join('')}concat=n=${cuts.length}:v=1:a=1[joined][sound]`
  const burn = captions ? `ass=${captions.file}:fontsdir=${captions.fonts}` : 'null'
  const { integratedLufs, truePeakDbtp } = preset.loudness
  const level = `loudnorm=I=${integratedLufs}:TP=${truePeakDbtp}:LRA=11,aresample=48000`
  const { video, audio } = preset
  return [
    ...['-v', 'error', '-y', ...inputs],
    ...[
      '-filter_complex',
      [...chains, joined, `[joined]${burn}[v]`, `[sound]${level}[a]`].join(';'),
      '-map',
      '[v]',
      '-map',
      '[a]',
    ],
    ...['-c:v', 'libx264', '-preset', video.speed, '-profile:v', 'high', '-crf', String(video.crf)],
    ...[
      '-maxrate',
      `${video.maxRateKbps}k`,
      '-bufsize',
      `${video.bufferKbit}k`,
      '-g',
      '60',
      '-flags',
      '+cgop',
    ],
    ...['-c:a', 'aac', '-b:a', `${audio.bitRateKbps}k`, '-movflags', '+faststart', 'floor-export.mp4'],
  ]
}
