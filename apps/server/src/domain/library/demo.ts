import { stat } from 'node:fs/promises'
import type { DemoSources, JobRecord, OnProgress } from '@cutroom/contracts'
import { enqueued } from '../enqueued.ts'
import { hashFile } from '../hash-file.ts'
import { inFolder } from '../job.ts'
import type { QueuedJob } from '../queued-job.ts'
import type { Service } from '../service.ts'
import { runStage } from '../stage.ts'
import { acceptFile } from './accept.ts'
import { admitKept, admitScratch } from './room.ts'

/** What the footage of the demo takes at most, bytes: in storage, and while it is drawn. */
const STORED_BYTES = 16 * 2 ** 20
const DRAWN_BYTES = 3 * STORED_BYTES

/** A recording that was drawn: its file, and its name for people. */
export interface Drawn {
  readonly file: string
  readonly name: string
}

/** Draws the footage of the demo into a folder; the same bytes each time. */
export type DrawFootage = (
  folder: string,
  options: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
) => Promise<readonly Drawn[]>

/** Queues the drawing of footage for somebody who has none yet. */
export const orderDemo = (service: Service, profileId: string): Promise<JobRecord> =>
  service.db.ofProfile(profileId, (tx) =>
    enqueued(service, tx, profileId, {
      kind: 'demo',
      payload: {},
      subject: 'Demo footage',
      serialKeys: [`demo:${profileId}`],
    }),
  )

/**
 * Draws the footage of the demo and makes sources of it, as if it had been uploaded; where the profile has it already, that is
 * found. Throws `quota-exceeded`.
 */
export async function addDemoFootage(job: QueuedJob, draw: DrawFootage): Promise<DemoSources> {
  const { service, studio, profile, signal } = job
  job.expect({ footage: 1 })
  await admitScratch(service, profile.id, DRAWN_BYTES)
  await admitKept(service, profile.id, STORED_BYTES)
  return inFolder(job, 'demo', async (folder) => {
    const about = { profile: profile.name, stage: 'footage', subject: 'demo footage' } as const
    const drawn = await runStage(job.report, about, async (onProgress) => ({
      value: await studio.slots.run(profile.id, signal, () => draw(folder, { signal, onProgress })),
    }))
    const sourceIds: string[] = []
    for (const { file, name } of drawn) {
      const [{ size: sizeBytes }, sha256] = await Promise.all([stat(file), hashFile(file, signal)])
      const arrival = { name, sha256, sizeBytes, folder, file }
      const { source } = await acceptFile(service, profile.id, arrival, async () => undefined)
      sourceIds.push(source.id)
    }
    return { sourceIds }
  })
}
