import { randomId } from '../api/client.ts'
import type { Upload, UploadState } from './uploads.ts'
import type { Brought } from './uploads-files.ts'
import type { Kept } from './uploads-kept.ts'

type Problem = NonNullable<Upload['problem']>

export const ANOTHER_FILE: Problem = {
  message: 'This is not the file that was begun.',
  remedy: 'Choose the same file, unchanged. To upload another one, add it as a new file.',
}
export const FILE_GONE: Problem = {
  message: 'The file was changed, moved or deleted since it was chosen.',
  remedy: 'Add it again.',
}

/** An upload as its queue knows it. */
export interface Entry {
  readonly id: string
  readonly name: string
  readonly sizeBytes: number
  /** `null` until it is chosen again after a reload. */
  brought: Brought | null
  kept: Kept | null
  sentBytes: number
  state: UploadState
  problem: Problem | null
  sourceId: string | null
  reopens: boolean
  /** In a row, without a byte. */
  tries: number
  /** Stops what is under way for it. */
  stop: () => void
  /** Ends the hold of this page on it; `null` where it has none. */
  release: (() => void) | null
}

export const newEntry = (name: string, sizeBytes: number, more: Partial<Entry> = {}): Entry => ({
  ...{ id: randomId(), name, sizeBytes, brought: null, kept: null, sentBytes: 0, state: 'queued' },
  ...{ problem: null, sourceId: null, reopens: false, tries: 0, stop() {}, release: null },
  ...more,
})

/** An entry as pages see it. */
export const shown = (entry: Entry): Upload => {
  const { id, name, sizeBytes, sentBytes, state, problem, sourceId, reopens } = entry
  return { id, name, sizeBytes, sentBytes, state, problem, sourceId, reopens }
}

/** A file that is changed while it is sent breaks off like a connection does. */
export async function isReadable(file: File | undefined): Promise<boolean> {
  return (
    (await file
      ?.slice(0, 1)
      .arrayBuffer()
      .then(() => true)
      .catch(() => false)) ?? false
  )
}
