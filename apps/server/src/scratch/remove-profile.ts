import { rm } from 'node:fs/promises'
import { toFileError } from '@cutroom/contracts'
import { profileDir } from './layout.ts'
import { type SweepOptions, type SweepReport, sweep } from './sweep.ts'

/**
 * Removes the scratch of a profile that is gone. Work that may still be alive in it is not touched: it is what is returned, and asking
 * again later finishes it.
 */
export async function removeProfileScratch(options: SweepOptions): Promise<SweepReport['kept']> {
  const { kept } = await sweep(options)
  const living = kept.filter(({ why }) => why !== 'not-ours')
  if (living.length > 0) return living
  try {
    await rm(profileDir(options.dataDir, options.profileId), { recursive: true, force: true })
  } catch (error) {
    throw toFileError(error, "Removing a profile's scratch")
  }
  return []
}
