import { useState } from 'react'
import { changesOf } from './draft.ts'

/** Values that are edited before they are saved. What others change meanwhile shows where nothing was edited here. */
export function useDraft<T extends object>(saved: T) {
  const [edits, setEdits] = useState<Partial<T>>({})
  const changes = changesOf(saved, edits)
  return {
    values: { ...saved, ...edits } as T,
    /** Only what differs from what is saved. */
    changes,
    dirty: Object.keys(changes).length > 0,
    set: <K extends keyof T>(name: K, value: T[K]) => setEdits((before) => ({ ...before, [name]: value })),
    reset: () => setEdits({}),
  }
}
