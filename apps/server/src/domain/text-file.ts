import { createReadStream } from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { CutroomError } from '@cutroom/contracts'

/** Bytes of a text file: far beyond every script and every caption file. */
const MAX_BYTES = 4 * 2 ** 20

/** The bytes of a text file that a person named, of which never more than the limit is read. Throws `file-missing`, `field-invalid`. */
export async function readTextFile(file: string, field: string): Promise<Buffer> {
  const name = path.basename(file)
  const bytes = await buffer(createReadStream(file, { end: MAX_BYTES })).catch((cause: unknown) => {
    throw new CutroomError('file-missing', `The file ${name} cannot be read.`, { cause, field })
  })
  if (bytes.length <= MAX_BYTES) return bytes
  throw new CutroomError('field-invalid', `The file ${name} has more than ${MAX_BYTES} bytes.`, { field })
}

/** The same as text. Throws `field-invalid` also for what is not UTF-8, of which some letters would be lost. */
export async function readUtf8File(file: string, field: string): Promise<string> {
  const bytes = await readTextFile(file, field)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new CutroomError('field-invalid', `The file ${path.basename(file)} is not UTF-8.`, {
      cause,
      field,
      remedy: 'Save it as UTF-8.',
    })
  }
}
