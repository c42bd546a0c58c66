import type { EntryKey } from '../../storage/storage.ts'

/** A file of an entry, and how it is sent to people and players. */
export interface EntryFile {
  readonly key: EntryKey
  /** Its name in the entry. */
  readonly name: string
  readonly contentType: string
  /** The name under which it is saved; without one it is shown where it is asked for. */
  readonly downloadName?: string
  /** Whether the same address may give another file later, so that browsers have to ask each time. */
  readonly mayChange?: true
}
