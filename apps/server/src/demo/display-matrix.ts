import { type FileHandle, open } from 'node:fs/promises'

/**
 * Writes into an MP4 file that its first track is to be turned by 90° clockwise when it is shown, as phones do. By hand,
 * since FFmpeg 5.1 and 8 have no option for it in common. The file must begin with its index (`faststart`).
 */
export async function turnClockwise(file: string, storedHeight: number): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    const header = await readStart(handle)
    const box = header.indexOf('tkhd')
    if (box < 0) throw new Error(`${file} has no track header at its beginning.`)
    // ISO/IEC 14496-12, 8.3.2: behind the name come version and flags, and 36 bytes, 12 more in version 1.
    const matrix = box + 4 + 4 + (header[box + 4] === 1 ? 48 : 36)
    const [one, w] = [0x10000, 0x40000000]
    const values = [0, one, 0, -one, 0, 0, storedHeight * one, 0, w]
    const bytes = Buffer.alloc(4 * values.length)
    for (const [index, value] of values.entries()) bytes.writeInt32BE(value, 4 * index)
    await handle.write(bytes, 0, bytes.length, matrix)
  } finally {
    await handle.close()
  }
}

async function readStart(handle: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0)
  return buffer.subarray(0, bytesRead)
}
