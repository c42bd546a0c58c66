import { randomUUID } from 'node:crypto'
import { link, rm, writeFile } from 'node:fs/promises'
import { ifErrno } from '@cutroom/contracts'

/**
 * Makes a file that is never changed afterwards: whole or not at all, and on disk for good. One that is there already stays;
 * where several make it at once, that of the first does. Throws what the system says.
 */
export async function createOnce(file: string, content: string | Uint8Array, mode?: number): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  try {
    await writeFile(draft, content, { flag: 'wx', flush: true, mode })
    await link(draft, file).catch(ifErrno(['EEXIST'], undefined))
  } finally {
    await rm(draft, { force: true })
  }
}
