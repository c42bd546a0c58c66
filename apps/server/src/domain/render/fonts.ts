import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError, type FontList } from '@cutroom/contracts'
import { captionFonts, type FontFile } from '@cutroom/media'

interface ServedFont {
  readonly family: string
  readonly weight: number
  /** Its name outside: with a part of its hash, so that another release of the font is another file. */
  readonly file: string
  readonly bytes: Buffer
}

const HASH_DIGITS = 12

/** The fonts by the names of their files inside; read once, some 200 kB. */
let served: Promise<ReadonlyMap<string, ServedFont>> | undefined

function servedFonts(): Promise<ReadonlyMap<string, ServedFont>> {
  served ??= readFonts()
  return served
}

async function readFonts(): Promise<ReadonlyMap<string, ServedFont>> {
  const fonts = captionFonts().flatMap(({ name: family, weight, faces }) =>
    faces.map(async ({ file: { path: place, name } }): Promise<[string, ServedFont]> => {
      const bytes = await readFile(place)
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, HASH_DIGITS)
      const { name: stem, ext } = path.parse(name)
      return [name, { family, weight, file: `${stem}.${hash}${ext}`, bytes }]
    }),
  )
  return new Map(await Promise.all(fonts))
}

/** The fonts that captions are drawn with; libass looks for a glyph in each file of a family. */
export const listFonts = async (): Promise<FontList> => ({
  items: Array.from((await servedFonts()).values(), ({ family, weight, file }) => ({ family, weight, file })),
})

/** The bytes of a font, the very ones that a render draws with. Throws `not-found`. */
export async function fontBytes(file: string): Promise<Buffer> {
  for (const font of (await servedFonts()).values()) if (font.file === file) return font.bytes
  throw new CutroomError('not-found', 'There is no font of that name.')
}

/** The names outside of some font files. */
export async function servedNames(files: readonly FontFile[]): Promise<string[]> {
  const fonts = await servedFonts()
  return files.flatMap(({ name }) => fonts.get(name)?.file ?? [])
}
