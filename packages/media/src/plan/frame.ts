import type { Preset, Rational, VideoStream } from '@cutroom/contracts'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Rect extends Size {
  readonly x: number
  readonly y: number
}

/** A point of the upright picture: 0,0 is the top left corner and 1,1 the bottom right one. */
export interface Focus {
  readonly x: number
  readonly y: number
}

const even = (value: number): number => 2 * Math.round(value / 2)
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)

/** The size of an export, in square pixels: both sides even, as 4:2:0 wants. */
export function frameSize(preset: Preset, first: VideoStream): Size {
  if (preset.frame !== 'source') return preset.frame
  const evenDown = (side: number) => Math.max(2, side - (side % 2))
  return { width: evenDown(first.displayWidth), height: evenDown(first.displayHeight) }
}

/** Rates that players and platforms know, lowest first. */
const COMMON_RATES: readonly Rational[] = [
  { num: 24_000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 30, den: 1 },
  { num: 50, den: 1 },
  { num: 60_000, den: 1001 },
  { num: 60, den: 1 },
]

/** The constant frame rate of an export. A source's rate is kept where it is a common one, else the nearest common one is taken. */
export function frameRate(preset: Preset, first: VideoStream): Rational {
  if (preset.frameRate !== 'source') return { num: preset.frameRate, den: 1 }
  const wanted = toNumber(first.averageFrameRate)
  const distance = (rate: Rational) => Math.abs(Math.log(toNumber(rate) / wanted))
  return COMMON_RATES.reduce((best, rate) => (distance(rate) < distance(best) ? rate : best))
}

export const toNumber = (rational: Rational): number => rational.num / rational.den

/** The size of a picture as it stands upright, in its own (perhaps not square) pixels. */
export function uprightSize(video: VideoStream): Size {
  const turned = video.rotation === 90 || video.rotation === 270
  return turned
    ? { width: video.codedHeight, height: video.codedWidth }
    : { width: video.codedWidth, height: video.codedHeight }
}

/**
 * The part of the upright picture, in its own (perhaps not square) pixels, that fills `frame` without bars: as much as fits,
 * around the focus, never beyond an edge.
 */
export function coverCrop(video: VideoStream, frame: Size, focus: Focus): Rect {
  const turned = video.rotation === 90 || video.rotation === 270
  const { width, height } = uprightSize(video)
  const sar = toNumber(video.sampleAspectRatio)
  const pixelAspect = turned ? 1 / sar : sar
  const aspect = frame.width / frame.height
  const wide = width * pixelAspect > height * aspect
  const cropWidth = wide ? clamp(even((height * aspect) / pixelAspect), 2, width) : width
  const cropHeight = wide ? height : clamp(even((width * pixelAspect) / aspect), 2, height)
  const place = (centre: number, whole: number, part: number) =>
    clamp(2 * Math.round((centre * whole - part / 2) / 2), 0, 2 * Math.floor((whole - part) / 2))
  return {
    width: cropWidth,
    height: cropHeight,
    x: place(focus.x, width, cropWidth),
    y: place(focus.y, height, cropHeight),
  }
}
