import { execa } from 'execa'

/** A picture's luma, 0 to 255, row by row. */
export interface Luma {
  readonly width: number
  readonly height: number
  readonly values: Uint8Array
}

/** A part of a picture, pixels; `right` and `bottom` lie outside. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** By way of RGB, since a file and a screenshot write their colours in different ways. */
const TO_LUMA = ['-vf', 'format=gbrp,format=gray', '-f', 'rawvideo', '-']

/** All pictures of a video file, in their order. */
export async function lumaOfVideo(path: string, width: number, height: number): Promise<Luma[]> {
  const { stdout } = await execa('ffmpeg', ['-v', 'error', '-i', path, ...TO_LUMA], { encoding: 'buffer' })
  const size = width * height
  return Array.from({ length: stdout.byteLength / size }, (_, index) => ({
    width,
    height,
    values: stdout.subarray(index * size, (index + 1) * size),
  }))
}

/** A PNG file. Throws where it has not the size. */
export async function lumaOfPng(png: Uint8Array, width: number, height: number): Promise<Luma> {
  const args = ['-v', 'error', '-f', 'png_pipe', '-i', 'pipe:0', ...TO_LUMA]
  const { stdout: values } = await execa('ffmpeg', args, { input: png, encoding: 'buffer' })
  if (values.byteLength !== width * height)
    throw new Error(`a picture of ${values.byteLength} instead of ${width}×${height} pixels`)
  return { width, height, values }
}

/** Where a picture is other than its ground; `null` where it is ground alone. */
export function drawnArea({ width, height, values }: Luma, ground: number, margin = 0): Area | null {
  let area: Area | null = null
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (Math.abs((values[y * width + x] ?? 0) - ground) < 24) continue
      area ??= { left: x, top: y, right: x, bottom: y }
      area = {
        left: Math.min(area.left, x - margin),
        top: Math.min(area.top, y - margin),
        right: Math.max(area.right, x + 1 + margin),
        bottom: Math.max(area.bottom, y + 1 + margin),
      }
    }
  return area && within(area, width, height)
}

const within = ({ left, top, right, bottom }: Area, width: number, height: number): Area => ({
  left: Math.max(0, left),
  top: Math.max(0, top),
  right: Math.min(width, right),
  bottom: Math.min(height, bottom),
})

/** The smallest area that holds both. */
export const union = (a: Area, b: Area): Area => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
})

const WINDOW = 8
const STEP = 2
const C1 = (0.01 * 255) ** 2
const C2 = (0.03 * 255) ** 2

/** Structural similarity of an area of two pictures: the mean over windows of 8×8 pixels (Wang et al., 2004). 1 for the same. */
export function ssim(a: Luma, b: Luma, area: Area): number {
  let sum = 0
  let windows = 0
  for (let top = area.top; top + WINDOW <= area.bottom; top += STEP)
    for (let left = area.left; left + WINDOW <= area.right; left += STEP) {
      sum += windowSsim(a, b, left, top)
      windows++
    }
  return sum / windows
}

function windowSsim(a: Luma, b: Luma, left: number, top: number): number {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0]
  for (let y = top; y < top + WINDOW; y++)
    for (let x = left; x < left + WINDOW; x++) {
      const valueA = a.values[y * a.width + x] ?? 0
      const valueB = b.values[y * b.width + x] ?? 0
      sumA += valueA
      sumB += valueB
      squaresA += valueA * valueA
      squaresB += valueB * valueB
      products += valueA * valueB
    }
  const count = WINDOW * WINDOW
  const [meanA, meanB] = [sumA / count, sumB / count]
  const varianceA = squaresA / count - meanA * meanA
  const varianceB = squaresB / count - meanB * meanB
  const covariance = products / count - meanA * meanB
  return (
    ((2 * meanA * meanB + C1) * (2 * covariance + C2)) /
    ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2))
  )
}
