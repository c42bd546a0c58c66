import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { composeAss, FONTCONFIG } from '@cutroom/media'
import { execa } from 'execa'
import type { CaptionRequest } from '../../packages/media/src/captions/compose.ts'

/** Colour of the picture under the captions: mid grey, so that letters, outlines and shadows all differ from it. */
const GREY = 128

const isOff = (value: number) => value < GREY - 4 || value > GREY + 4

/** A picture in RGB, and what has been drawn onto the grey. */
export class Picture {
  readonly rgb: Uint8Array
  readonly width: number
  readonly height: number

  constructor(rgb: Uint8Array, width: number, height: number) {
    this.rgb = rgb
    this.width = width
    this.height = height
  }

  /** The smallest box around all pixels that fulfil a condition, or `null` where none does; ends are exclusive. */
  box(holds: (red: number, green: number, blue: number) => boolean) {
    let [left, top, right, bottom] = [this.width, this.height, 0, 0]
    for (let at = 0, pixel = 0; at < this.rgb.length; at += 3, pixel += 1) {
      if (!holds(this.rgb[at] ?? 0, this.rgb[at + 1] ?? 0, this.rgb[at + 2] ?? 0)) continue
      const x = pixel % this.width
      const y = Math.floor(pixel / this.width)
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
    return right === 0 ? null : { left, top, right, bottom, width: right - left, height: bottom - top }
  }

  /** Whatever differs from the grey by more than an eye could see. */
  drawn = () => this.box((red, green, blue) => isOff(red) || isOff(green) || isOff(blue))
  white = () => this.box((red, green, blue) => red > 240 && green > 240 && blue > 240)
  lit = () => this.box((red, green, blue) => red > 230 && green > 190 && blue < 80)
}

/**
 * The pictures that ffmpeg and libass make of captions at certain times, with the project's fonts and none of the
 * system's, and libass's messages.
 */
export async function burn(request: CaptionRequest, times: readonly number[]) {
  const { width, height } = request.frame
  const { ass, fonts } = composeAss(request)
  const folder = await mkdtemp(path.join(tmpdir(), 'cutroom-captions-'))
  try {
    await mkdir(path.join(folder, 'fonts'))
    await writeFile(path.join(folder, 'captions.ass'), ass)
    await writeFile(path.join(folder, 'fonts.conf'), FONTCONFIG)
    await Promise.all(fonts.map((font) => copyFile(font.path, path.join(folder, 'fonts', font.name))))
    // Twenty pictures a second, and only those at the wanted times get the captions and leave.
    const wanted = times.map((time) => `eq(n,${Math.round(time * 20)})`).join('+')
    const until = Math.max(...times) + 0.1
    const { stdout, stderr } = await execa(
      'ffmpeg',
      [
        ...['-hide_banner', '-nostdin', '-v', 'verbose', '-f', 'lavfi'],
        ...['-i', `color=0x808080:size=${width}x${height}:rate=20:duration=${until},format=gbrp`],
        ...['-vf', `select='${wanted}',ass=captions.ass:fontsdir=fonts,format=rgb24`],
        ...['-fps_mode', 'passthrough', '-f', 'rawvideo', '-'],
      ],
      {
        cwd: folder,
        env: { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') },
        encoding: 'buffer',
        maxBuffer: 2 ** 31,
      },
    )
    const size = width * height * 3
    const pictures = times.map(
      (_, index) => new Picture(stdout.subarray(index * size, (index + 1) * size), width, height),
    )
    return { pictures, messages: Buffer.from(stderr).toString() }
  } finally {
    await rm(folder, { recursive: true })
  }
}
