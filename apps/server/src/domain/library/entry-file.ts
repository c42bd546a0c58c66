import type { EntryKey } from '../../storage/storage.ts'

/** A file of an entry, and how it is sent to people and players. */
export interface EntryFile {
  readonly key: EntryKey
  /** Its name in the entry. */
  readonly name: string
  readonly contentType: string
  /** The name under which people save it. */
  readonly downloadName?: string
  /** Whether it is shown where it is asked for even though it has a name; without one it is anyway. */
  readonly inline?: true
}
