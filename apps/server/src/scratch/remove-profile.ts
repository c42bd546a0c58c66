import { rm } from 'node:fs/promises'
import { toFileError } from '@cutroom/contracts'
import { profileDir } from './layout.ts'
import { sweep } from './sweep.ts'

/**
 * Removes the scratch of a profile that is gone. Work that may still be alive in it is not touched: then the answer is `false`, and
 * asking again later finishes it.
 */
export async function removeProfileScratch(dataDir: string, profileId: string): Promise<boolean> {
  const { kept } = await sweep({ dataDir, profileId })
  if (kept.some(({ why }) => why !== 'not-ours')) return false
  try {
    await rm(profileDir(dataDir, profileId), { recursive: true, force: true })
  } catch (error) {
    throw toFileError(error, "Removing a profile's scratch")
  }
  return true
}
