import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import type { OnEvent } from '@cutroom/contracts'
import { detectTools, type ToolSettings } from '@cutroom/media'
import { espeakProvider } from '@cutroom/speech'
import { createScratch } from '../scratch/scratch.ts'
import { sweep } from '../scratch/sweep.ts'
import { artifactStore } from '../storage/artifacts.ts'
import { fileStorage } from '../storage/file-storage.ts'
import type { Job, Studio } from './job.ts'
import { placesOfMachine } from './places.ts'
import type { Profile } from './profile.ts'
import { createSlots } from './slots.ts'

/** What a studio is opened with: a part of the settings of the process. */
export interface StudioSettings extends ToolSettings {
  readonly dataDir: string
  readonly espeak: string
}

/** Two renders keep two cores busier than one, and share them when there are two brands; more cores take more. */
export const slotsOfMachine = (): number => Math.max(2, Math.floor(availableParallelism() / 2))

/** Finds the tools and opens the storage. Throws `tool-missing`. */
export async function openStudio(settings: StudioSettings): Promise<Studio> {
  const count = slotsOfMachine()
  const storage = fileStorage(path.join(settings.dataDir, 'storage'))
  return {
    dataDir: settings.dataDir,
    tools: await detectTools(settings),
    storage,
    artifacts: artifactStore(storage),
    speech: [espeakProvider({ command: settings.espeak })],
    slots: createSlots(count, placesOfMachine(settings.dataDir, count)),
  }
}

/**
 * Runs work as the first attempt of a new job of a profile; its scratch is gone afterwards, whatever happened. Before it, what dead
 * jobs of the profile left behind is removed.
 */
export async function runJob<T>(
  studio: Studio,
  profile: Profile,
  about: { readonly signal: AbortSignal; readonly report: OnEvent },
  work: (job: Job) => Promise<T>,
): Promise<T> {
  await sweep({ dataDir: studio.dataDir, profileId: profile.id })
  await studio.storage.collect(profile.id)
  await using scratch = await createScratch({
    dataDir: studio.dataDir,
    profileId: profile.id,
    jobId: randomUUID(),
    attempt: 1,
  })
  const stop = new AbortController()
  const signal = AbortSignal.any([about.signal, stop.signal])
  return await work({ studio, profile, scratch, signal, stop, report: about.report })
}
