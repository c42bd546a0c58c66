import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { CutroomError } from '@cutroom/contracts'
import { inspectIsobmff, type ReadAt } from './isobmff.ts'
import { SNIFF_BYTES, sniff } from './sniff.ts'

/**
 * Looks at a file before any tool opens it, and returns its size in bytes. `name` is what sentences call it.
 * Throws `file-missing`, `file-empty`, `media-playlist`, `media-unrecognised` or `media-broken`.
 */
export async function admit(path: string, name = path): Promise<number> {
  const file = await openFile(path, name)
  try {
    const info = await file.stat()
    if (!info.isFile()) {
      throw new CutroomError('file-missing', `${name} is not a file.`, { remedy: 'Name a file.' })
    }
    if (info.size === 0) throw new CutroomError('file-empty', `${name} has no bytes.`)
    await judge(name, readerOf(file), info.size)
    return info.size
  } finally {
    await file.close()
  }
}

async function openFile(path: string, name: string): Promise<FileHandle> {
  try {
    // Without it, a named pipe would keep us waiting for a writer.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (cause) {
    throw new CutroomError('file-missing', `${name} cannot be opened.`, { cause })
  }
}

const readerOf =
  (file: FileHandle): ReadAt =>
  async (offset, length) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
    return buffer.subarray(0, bytesRead)
  }

async function judge(name: string, read: ReadAt, sizeBytes: number): Promise<void> {
  const seen = sniff(await read(0, SNIFF_BYTES))
  if (seen.kind === 'playlist') {
    throw new CutroomError('media-playlist', `${name} is ${seen.what}, not a recording.`)
  }
  if (seen.kind === 'text') {
    throw new CutroomError('media-unrecognised', `${name} is a text, not a recording.`)
  }
  if (seen.kind === 'unknown') {
    throw new CutroomError(
      'media-unrecognised',
      `${name} does not begin like any kind of video that is known.`,
    )
  }
  if (!seen.isobmff) return
  const facts = await inspectIsobmff(read, sizeBytes)
  if (facts.pointsElsewhere) {
    throw new CutroomError('media-playlist', `${name} keeps its pictures in another file.`)
  }
  if (!facts.hasIndex) {
    throw new CutroomError('media-broken', `${name} was cut off: the index at its end is missing.`)
  }
}
