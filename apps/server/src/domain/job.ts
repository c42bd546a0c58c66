import type { OnEvent } from '@cutroom/contracts'
import type { Tools } from '@cutroom/media'
import type { SpeechProvider } from '@cutroom/speech'
import type { LimitFunction } from 'p-limit'
import type { Scratch } from '../scratch/scratch.ts'
import type { ArtifactStore } from '../storage/artifacts.ts'
import type { LocalStorage } from '../storage/storage.ts'
import type { Profile } from './profile.ts'

/** What all jobs of a process share. Nothing in it belongs to a profile. */
export interface Studio {
  readonly dataDir: string
  readonly tools: Tools
  readonly storage: LocalStorage
  readonly artifacts: ArtifactStore
  readonly speech: readonly SpeechProvider[]
  /** Places for heavy work on this machine, handed out in the order of asking, whoever asks. */
  readonly slots: LimitFunction
}

/** One attempt of one profile's work: who it is for, where it may write, how it is stopped and where it tells of itself. */
export interface Job {
  readonly studio: Studio
  readonly profile: Profile
  readonly scratch: Scratch
  readonly signal: AbortSignal
  readonly report: OnEvent
}
