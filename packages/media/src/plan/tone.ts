import type { VideoStream } from '@cutroom/contracts'
import { chain, filter } from './filter-graph.ts'
import type { Size } from './frame.ts'

/** One picture of each pair of fields, for what is interlaced; what a flag calls progressive passes as it is. */
export const deinterlaced = (video: VideoStream): string | null =>
  video.interlaced ? filter('bwdif', { mode: 'send_frame', deint: 'interlaced' }) : null

/**
 * Scaling and the way to bt709 of limited range, 8 bit 4:2:0, square pixels: what every platform shows. `scaler` is the flags
 * of swscale.
 */
export const toPlainPicture = (video: VideoStream, size: Size, scaler: string): string => {
  const matrix = matrixOf(video)
  return chain(
    filter('scale', {
      w: size.width,
      h: size.height,
      flags: scaler,
      in_color_matrix: matrix,
      in_range: rangeOf(video),
      out_color_matrix: video.hdr ? matrix : 'bt709',
      out_range: 'limited',
    }),
    video.hdr && toSdr(video.hdr),
    filter('format', { pix_fmts: 'yuv420p' }),
    filter('setsar', { sar: 1 }),
  )
}

/** Names the colours of what `toPlainPicture` gave, for an encoder: not every version of ffmpeg's scaler does. */
export const asBt709 = filter('setparams', {
  color_primaries: 'bt709',
  color_trc: 'bt709',
  colorspace: 'bt709',
  range: 'tv',
})

/**
 * Hable's curve over linear light with 100 cd/m² as white: a white of 203 cd/m² (ITU-R BT.2408) comes out at 75 % of the signal,
 * which leaves room for clouds and lamps. Desaturation off keeps skies blue. After scaling, since it works on floats.
 */
const toSdr = (hdr: 'pq' | 'hlg'): string =>
  chain(
    filter('format', { pix_fmts: 'yuv420p10le' }),
    filter('zscale', {
      primariesin: '2020',
      transferin: hdr === 'pq' ? 'smpte2084' : 'arib-std-b67',
      matrixin: '2020_ncl',
      rangein: 'limited',
      transfer: 'linear',
      npl: 100,
    }),
    filter('format', { pix_fmts: 'gbrpf32le' }),
    filter('zscale', { primaries: '709' }),
    filter('tonemap', { tonemap: 'hable', desat: 0 }),
    filter('zscale', { transfer: '709', matrix: '709', range: 'limited' }),
  )

/** Whether the luma of a source is already that of its plain picture. */
export const hasPlainLuma = (video: VideoStream): boolean =>
  video.hdr === null && matrixOf(video) === 'bt709' && rangeOf(video) === 'limited'

const rangeOf = ({ colour, pixelFormat }: VideoStream): 'full' | 'limited' =>
  colour.range === 'full' || pixelFormat.startsWith('yuvj') ? 'full' : 'limited'

/** In swscale's words. Files that do not name their matrix follow the habit of their size: SD is bt601, everything else bt709. */
function matrixOf({ hdr, colour: { matrix }, codedHeight }: VideoStream): string {
  if (hdr) return 'bt2020'
  if (matrix === 'bt709') return 'bt709'
  if (matrix?.startsWith('bt2020')) return 'bt2020'
  if (matrix === 'smpte170m' || matrix === 'bt470bg' || matrix === 'fcc') return 'bt601'
  return codedHeight <= 576 ? 'bt601' : 'bt709'
}
