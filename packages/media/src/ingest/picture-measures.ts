import type { Size } from '../plan/frame.ts'

/** Limited-range luma: black is 16, white 235. */
const BLACK = 16
const SPAN = 219
/** Noise of a plain surface, in squared luma: keeps the likeness of two black pictures from being chance. */
const NOISE_SQUARED = 4
/** The largest sum that the Laplacian of one pixel can reach, in luma. */
const LAPLACIAN_SPAN = 4 * SPAN
/** Cells of the grid in which the eye's target is looked for. */
const CELLS_X = 16
const CELLS_Y = 9
/** How much more motion draws the eye than detail. */
const MOTION_WEIGHT = 3

const clampUnit = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value)

/** The absolute value of a small whole number; without the branch of Math.abs, which costs most of a loop over noise. */
const magnitude = (value: number): number => (value ^ (value >> 31)) - (value >> 31)

/**
 * The step from one picture to the next, see `FrameSteps`. `out` gets difference and novelty at `index`. Novelty is 1 minus the
 * terms for structure and light of SSIM (Wang et al. 2004) over the whole picture.
 */
export function measureStep(
  previous: Uint8Array,
  current: Uint8Array,
  out: { readonly difference: Float32Array; readonly novelty: Float32Array },
  index: number,
): void {
  const pixels = current.length
  let absolute = 0
  let sumA = 0
  let sumB = 0
  let sumAA = 0
  let sumBB = 0
  let sumAB = 0
  for (let at = 0; at < pixels; at++) {
    const a = previous[at] as number
    const b = current[at] as number
    const step = a - b
    absolute += magnitude(step)
    sumA += a
    sumB += b
    sumAA += a * a
    sumBB += b * b
    sumAB += a * b
  }
  const meanA = sumA / pixels
  const meanB = sumB / pixels
  const spread = (sumAA / pixels - meanA ** 2 + NOISE_SQUARED) * (sumBB / pixels - meanB ** 2 + NOISE_SQUARED)
  const structure = (sumAB / pixels - meanA * meanB + NOISE_SQUARED) / Math.sqrt(spread)
  const light =
    (2 * (meanA - BLACK) * (meanB - BLACK) + NOISE_SQUARED) /
    ((meanA - BLACK) ** 2 + (meanB - BLACK) ** 2 + NOISE_SQUARED)
  out.difference[index] = absolute / pixels / SPAN
  out.novelty[index] = 1 - structure * light
}

/** Mean absolute difference of luma of two pictures, 0 to 1. */
export function meanDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) {
    const step = (a[at] as number) - (b[at] as number)
    sum += magnitude(step)
  }
  return sum / a.length / SPAN
}

/** Mean luma and its standard deviation, 0 to 1. */
export function measureLight(picture: Uint8Array): { brightness: number; contrast: number } {
  let sum = 0
  let squares = 0
  for (let at = 0; at < picture.length; at++) {
    const luma = picture[at] as number
    sum += luma
    squares += luma * luma
  }
  const mean = sum / picture.length
  const variance = Math.max(0, squares / picture.length - mean * mean)
  return { brightness: clampUnit((mean - BLACK) / SPAN), contrast: Math.sqrt(variance) / SPAN }
}

/**
 * Sharpness (mean absolute Laplacian, 0 to 1) and where the eye goes (0 to 1 from the left and the top): the centroid of the
 * cells of a coarse grid that hold more detail and motion than the average cell.
 */
export class DetailMeter {
  readonly #size: Size
  readonly #cells = new Float64Array(CELLS_X * CELLS_Y)
  readonly #cellOfColumn: Uint8Array

  constructor(size: Size) {
    this.#size = size
    this.#cellOfColumn = Uint8Array.from({ length: size.width }, (_, x) =>
      Math.floor((x * CELLS_X) / size.width),
    )
  }

  /** `previous` is the picture that motion is measured against; the picture itself where there is none. */
  measure(picture: Uint8Array, previous: Uint8Array): { sharpness: number; focusX: number; focusY: number } {
    const { width, height } = this.#size
    const cells = this.#cells.fill(0)
    let total = 0
    for (let y = 1; y < height - 1; y++) {
      const row = Math.floor((y * CELLS_Y) / height) * CELLS_X
      for (let x = 1; x < width - 1; x++) {
        const at = y * width + x
        const luma = picture[at] as number
        const around =
          (picture[at - 1] as number) +
          (picture[at + 1] as number) +
          (picture[at - width] as number) +
          (picture[at + width] as number)
        const detail = magnitude(4 * luma - around)
        total += detail
        const cell = row + (this.#cellOfColumn[x] as number)
        cells[cell] =
          (cells[cell] as number) + detail + MOTION_WEIGHT * magnitude(luma - (previous[at] as number))
      }
    }
    const sharpness = total / ((width - 2) * (height - 2)) / LAPLACIAN_SPAN
    return { sharpness, ...centroid(cells) }
  }
}

function centroid(cells: Float64Array): { focusX: number; focusY: number } {
  const mean = cells.reduce((sum, value) => sum + value, 0) / cells.length
  let weight = 0
  let sumX = 0
  let sumY = 0
  for (let cell = 0; cell < cells.length; cell++) {
    const above = Math.max(0, (cells[cell] as number) - mean) ** 2
    weight += above
    sumX += above * ((cell % CELLS_X) + 0.5)
    sumY += above * (Math.floor(cell / CELLS_X) + 0.5)
  }
  if (weight === 0) return { focusX: 0.5, focusY: 0.5 }
  return { focusX: sumX / weight / CELLS_X, focusY: sumY / weight / CELLS_Y }
}

/**
 * 64-bit difference hash: the picture is averaged to 9x8, and each bit says whether a cell is brighter than the one to its
 * right (bit 0: top left). Light and size leave it as it is; pictures of the same view differ in a few bits.
 */
export function differenceHash(picture: Uint8Array, size: Size): bigint {
  let high = 0
  let low = 0
  for (let y = 0; y < 8; y++) {
    let left = cellMean(picture, size, 0, y)
    for (let x = 0; x < 8; x++) {
      const right = cellMean(picture, size, x + 1, y)
      const bit = left > right ? 1 << ((y & 3) * 8 + x) : 0
      if (y < 4) low |= bit
      else high |= bit
      left = right
    }
  }
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
}

/** Mean luma of one cell of a 9x8 grid. */
function cellMean(picture: Uint8Array, { width, height }: Size, x: number, y: number): number {
  const [left, right] = [Math.floor((x * width) / 9), Math.floor(((x + 1) * width) / 9)]
  const [top, bottom] = [Math.floor((y * height) / 8), Math.floor(((y + 1) * height) / 8)]
  let sum = 0
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) sum += picture[row * width + column] as number
  }
  return sum / ((right - left) * (bottom - top))
}
