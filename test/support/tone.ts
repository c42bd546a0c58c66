import assert from 'node:assert/strict'
import { execa } from 'execa'

const SIZE = { width: 320, height: 180 }
/** The six plain bars of testsrc2: where they stand, as a part of the width, and which of red, green and blue are full. */
const BARS = [
  { name: 'red', x: 0.08, full: [true, false, false] },
  { name: 'green', x: 0.25, full: [false, true, false] },
  { name: 'yellow', x: 0.42, full: [true, true, false] },
  { name: 'blue', x: 0.58, full: [false, false, true] },
  { name: 'magenta', x: 0.75, full: [true, false, true] },
  { name: 'cyan', x: 0.92, full: [false, true, true] },
] as const
/** Below what moves in the picture, as a part of its height. */
const BARS_Y = 0.9
const PATCH = 4
/** 8-bit steps. Those near black are a hundredth of the light: that much the fixtures' coarse coding loses. */
const NEAR_WHITE = 12
const NEAR_BLACK = 40

/** Hable's curve (J. Hable, "Uncharted 2: HDR Lighting", GDC 2010), with the constants of his talk. */
const hable = (x: number): number =>
  (x * (0.15 * x + 0.05) + 0.004) / (x * (0.15 * x + 0.5) + 0.06) - 0.02 / 0.3
/** A white of 203 cd/m² where 100 is 1 and 1000 the brightest, on a screen of gamma 2.4 (ITU-R BT.1886). */
const WHITE = 255 * (hable(203 / 100) / hable(1000 / 100)) ** (1 / 2.4)

/**
 * Fails unless the picture at a time of a file is testsrc2, made with a white of 203 cd/m² in high dynamic range, as Hable's
 * curve shows it: each bar has its own hue, and is as bright as computed.
 */
export async function assertBarsOfHdr(path: string, at: number, what: string): Promise<void> {
  const filters = `trim=start=${at},setpts=0,scale=${SIZE.width}:${SIZE.height}:in_color_matrix=bt709,format=rgb24`
  const args = ['-v', 'error', '-i', path, '-vf', filters, '-frames:v', '1', '-f', 'rawvideo', '-']
  const { stdout } = await execa('ffmpeg', args, { encoding: 'buffer' })
  for (const { name, x, full } of BARS) {
    full.forEach((isFull, channel) => {
      const found = patchMean(stdout, x, channel)
      const wanted = isFull ? WHITE : 0
      assert.ok(
        Math.abs(found - wanted) <= (isFull ? NEAR_WHITE : NEAR_BLACK),
        `${what}, ${name} bar, ${['red', 'green', 'blue'][channel]}: ${found.toFixed(0)} instead of ${wanted.toFixed(0)}`,
      )
    })
  }
}

/** Mean of a channel over a small square in a bar. */
function patchMean(rgb: Uint8Array, x: number, channel: number): number {
  const left = Math.round(x * SIZE.width) - PATCH
  const top = Math.round(BARS_Y * SIZE.height) - PATCH
  const side = 2 * PATCH + 1
  const values = Array.from({ length: side * side }, (_, index) => {
    const pixel = (top + Math.floor(index / side)) * SIZE.width + left + (index % side)
    return rgb[3 * pixel + channel] ?? Number.NaN
  })
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
