import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { CutroomError } from '@cutroom/contracts'

/** SHA-256 of a file in lower-case hex. Throws `file-missing` where it cannot be read. */
export async function hashFile(
  file: string,
  signal: AbortSignal,
  onFraction?: (fraction: number) => void,
): Promise<string> {
  const hash = createHash('sha256')
  const count = async (chunks: AsyncIterable<Buffer>, size: number) => {
    let read = 0
    for await (const chunk of chunks) {
      hash.update(chunk)
      read += chunk.length
      onFraction?.(read / size)
    }
  }
  try {
    const info = await stat(file)
    if (!info.isFile()) throw new Error('It is not a file.')
    await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), (chunks) => count(chunks, info.size), {
      signal,
    })
  } catch (cause) {
    if (signal.aborted) throw new CutroomError('cancelled', 'The work was cancelled.', { cause })
    throw new CutroomError('file-missing', `The file ${path.basename(file)} cannot be read.`, { cause })
  }
  return hash.digest('hex')
}
