import path from 'node:path'
import { type SweepReport, sweep } from '../scratch/sweep.ts'
import { fileStorage } from '../storage/file-storage.ts'

export interface CleanRequest {
  readonly dataDir: string
  readonly profileId: string
  /** Report what would be removed, and remove nothing. */
  readonly dryRun: boolean
  readonly olderThanSeconds: number
}

/** Removes what dead attempts of one profile left in its scratch and half-published in its storage. Nothing else is read. */
export async function cleanProfile(request: CleanRequest): Promise<SweepReport> {
  const { dataDir, profileId, dryRun, olderThanSeconds } = request
  const report = await sweep({ dataDir, profileId, dryRun, olderThanSeconds })
  if (dryRun) return report
  const collected = await fileStorage(path.join(dataDir, 'storage')).collect(profileId)
  return { ...report, bytesFreed: report.bytesFreed + collected }
}
