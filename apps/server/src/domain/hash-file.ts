import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { CutroomError } from '@cutroom/contracts'

/** A file by its content. */
export interface Identity {
  /** SHA-256 of its bytes in lower-case hex. */
  readonly sha256: string
  /** Throws `conflict` where the path does not lead to those bytes any more. */
  checkUnchanged(): Promise<void>
}

/** SHA-256 of a file in lower-case hex. Throws `file-missing` where it cannot be read. */
export const hashFile = async (file: string, signal: AbortSignal): Promise<string> =>
  (await identifyFile(file, signal)).sha256

/** Hashes a file that others may write to. Throws `file-missing` where it cannot be read, `conflict` where it changed meanwhile. */
export async function identifyFile(
  file: string,
  signal: AbortSignal,
  onFraction?: (fraction: number) => void,
): Promise<Identity> {
  const name = path.basename(file)
  try {
    await using handle = await open(file)
    const before = await handle.stat()
    if (!before.isFile()) throw new Error('It is not a file.')
    const sha256 = await hashHandle(handle, before.size, signal, onFraction)
    const checkUnchanged = async (): Promise<void> => {
      const now = await stat(file).catch(() => null)
      if (now === null || traceOf(now) !== traceOf(before)) throw changed(name)
    }
    await checkUnchanged()
    return { sha256, checkUnchanged }
  } catch (cause) {
    if (signal.aborted) throw new CutroomError('cancelled', 'The work was cancelled.', { cause })
    if (cause instanceof CutroomError) throw cause
    throw new CutroomError('file-missing', `The file ${name} cannot be read.`, { cause })
  }
}

async function hashHandle(
  handle: FileHandle,
  size: number,
  signal: AbortSignal,
  onFraction: ((fraction: number) => void) | undefined,
): Promise<string> {
  const hash = createHash('sha256')
  const count = async (chunks: AsyncIterable<Buffer>) => {
    let read = 0
    for await (const chunk of chunks) {
      hash.update(chunk)
      read += chunk.length
      onFraction?.(read / size)
    }
  }
  const stream = handle.createReadStream({ autoClose: false, highWaterMark: 2 ** 20, start: 0 })
  await pipeline(stream, count, { signal })
  return hash.digest('hex')
}

/** What differs once a file was written to or replaced. */
const traceOf = ({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string =>
  [dev, ino, size, mtimeMs, ctimeMs].join(' ')

const changed = (name: string): CutroomError =>
  new CutroomError('conflict', `The file ${name} changed while it was read.`, {
    remedy: 'Wait until nothing writes to the file any more, then start again.',
  })
