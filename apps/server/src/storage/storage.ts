import type { Readable } from 'node:stream'
import type { EntryKind } from '@cutroom/contracts'

/** Where an entry lies. Profiles share nothing: the same bytes of two profiles are two entries. */
export interface EntryKey {
  /** UUID in lower case. */
  readonly profileId: string
  readonly kind: EntryKind
  /** SHA-256 in lower-case hex: of the recipe of an artifact, of the bytes of a source. */
  readonly hash: string
}

export interface StoredFile {
  readonly sizeBytes: number
  /** SHA-256 in lower-case hex. */
  readonly sha256: string
}

/** Files that appeared together and never change, with facts about them. */
export interface Entry {
  readonly key: EntryKey
  readonly files: Readonly<Record<string, StoredFile>>
  /** JSON that the publisher left; whoever reads it checks it with its own schema. */
  readonly meta: unknown
}

export interface Publication {
  /**
   * Name in storage → absolute path of a regular file in the publisher's scratch, from which it is moved; at least one.
   * As long as the folder of the first is there, the publisher counts as living.
   */
  readonly files: Readonly<Record<string, string>>
  /** Any JSON value. */
  readonly meta: unknown
  /** SHA-256 in lower-case hex of files that the publisher has hashed itself; the others are hashed on their way in. */
  readonly hashes?: Readonly<Record<string, string>>
}

/** Finished files. Each driver keeps the same promises; `test/storage` holds them to it. */
export interface Storage {
  /** The entry, or `null` where there is none, or where it is damaged: a file is missing or has another size. */
  find(key: EntryKey): Promise<Entry | null>
  /** The same for whoever is about to build on it: from now on it counts as used (`removeUnused`). */
  use(key: EntryKey): Promise<Entry | null>
  /**
   * Makes all files of an entry visible at once, on disk for good, or none. Where a sound entry is there already, that one stays and is
   * returned; a damaged one is replaced. The scratch files are used up either way.
   * Throws `field-invalid` for a bad key or name, or for a file that is not regular or lies behind a symbolic link, `file-missing`, `disk-full`.
   */
  publish(key: EntryKey, publication: Publication): Promise<Entry>
  /** The bytes of a file, or of a part of it: from `start` up to, not including, `end`. Throws `file-missing`. */
  read(
    key: EntryKey,
    name: string,
    range?: { readonly start: number; readonly end: number },
  ): Promise<Readable>
  /** The keys of a profile's entries of one kind, in order of their hashes. */
  list(profileId: string, kind: EntryKind): Promise<EntryKey[]>
  /**
   * Removes an entry that was neither published nor used since a moment, in milliseconds since 1970. Whoever calls `use` meanwhile
   * either keeps the entry or does not find it. Returns the bytes freed; `null` where it was used, or is not there. `dryRun` removes nothing.
   */
  removeUnused(key: EntryKey, sinceMs: number, dryRun?: boolean): Promise<number | null>
  /** Removes what a profile's publishers that are gone left unfinished. Returns the bytes freed. */
  collect(profileId: string): Promise<number>
  /** Removes all entries of a profile that is gone. Where it was broken off, asking again finishes it. */
  removeProfile(profileId: string): Promise<void>
}

/** Storage whose files other programs can open by path. */
export interface LocalStorage extends Storage {
  /** The absolute path of a file of an entry. Throws `field-invalid` for a bad key or name; whether it is there, `find` tells. */
  localPath(key: EntryKey, name: string): string
}
