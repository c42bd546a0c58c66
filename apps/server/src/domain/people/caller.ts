/** Who asks. A key may be limited to reading and to some profiles; an owner reaches everything. */
export interface Caller {
  /** `local`: whoever asks a server without authentication, or the command line in its own data folder. */
  readonly kind: 'person' | 'key' | 'local'
  /** Of the person or key. */
  readonly id: string
  /** A key for all profiles that may write counts as an owner's; it still manages neither people nor keys. */
  readonly role: 'owner' | 'member'
  readonly access: 'read' | 'write'
  /** `null` where all profiles are theirs. */
  readonly profileIds: readonly string[] | null
}

/** Whoever has the machine: a server without authentication, the command line in its own data folder. */
export const LOCAL_CALLER: Caller = {
  kind: 'local',
  id: '00000000-0000-4000-8000-000000000000',
  role: 'owner',
  access: 'write',
  profileIds: null,
}
