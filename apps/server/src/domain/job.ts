import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { OnEvent } from '@cutroom/contracts'
import type { Tools } from '@cutroom/media'
import type { SpeechProvider } from '@cutroom/speech'
import type { Scratch } from '../scratch/scratch.ts'
import type { ArtifactStore } from '../storage/artifacts.ts'
import type { LocalStorage } from '../storage/storage.ts'
import type { Profile } from './profile.ts'
import type { Slots } from './slots.ts'

/** What all jobs of a process share. Nothing in it belongs to a profile. */
export interface Studio {
  readonly dataDir: string
  readonly tools: Tools
  readonly storage: LocalStorage
  readonly artifacts: ArtifactStore
  readonly speech: readonly SpeechProvider[]
  readonly slots: Slots
}

/** One attempt of one profile's work: who it is for, where it may write, how it is stopped and where it tells of itself. */
export interface Job {
  readonly studio: Studio
  readonly profile: Profile
  readonly scratch: Scratch
  /** Ends with the caller's signal, and with `stop`. */
  readonly signal: AbortSignal
  /** Stops this job alone. */
  readonly stop: AbortController
  readonly report: OnEvent
}

/** Gives work a scratch folder of its own, which is gone afterwards, whatever happened. */
export async function inFolder<T>(job: Job, kind: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await job.scratch.folder(`${kind}-${randomUUID()}`)
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
