import { eventsAfter, KEEP_SECONDS, lastEventId, type StoredEvent, trimEvents } from '../db/queries/events.ts'
import { profiles } from '../db/schema/profiles.ts'
import type { Service } from './service.ts'

/** A moment of a profile's events: the event that was told last, and when that was. It can be gone on from for an hour. */
interface Position {
  readonly id: number
  readonly toldMs: number
}

/** What a follower hears. `position` is what to go on from after it; opaque. */
export type Told = { readonly position: string } & (
  | { readonly what: 'event'; readonly event: StoredEvent }
  /** Nothing changed for a while. */
  | { readonly what: 'quiet' }
  /** What was asked to go on from is too old: things may have changed unheard. Read them anew. */
  | { readonly what: 'reset' }
)

export interface Following {
  /** `position` of what was heard last; without it, what changes from now on is told. */
  readonly after?: string | undefined
  readonly signal: AbortSignal
  /** After so long without an event, that it is quiet is told. */
  readonly quietMs: number
}

const BATCH = 100

/**
 * What changes in a profile, from a position on, until the signal ends it. Of a thing that changed several times since it was looked at,
 * the latest is told. It reads on only as fast as it is read from.
 */
export async function* followEvents(
  { db, hub }: Pick<Service, 'db' | 'hub'>,
  profileId: string,
  { after, signal, quietMs }: Following,
): AsyncGenerator<Told, void> {
  const bell = createBell()
  const silence = hub.subscribe(profileId, bell.ring)
  signal.addEventListener('abort', bell.ring)
  try {
    const newest = await db.ofProfile(profileId, (tx) => lastEventId(tx, profileId))
    const wanted = after === undefined ? newest : resumable(after, newest)
    let id = wanted ?? newest
    // The first tells where it begins, so that even who hears nothing can go on from there.
    yield { what: wanted === null ? 'reset' : 'quiet', position: write(id) }
    while (!signal.aborted) {
      bell.muffle()
      const last = id
      const events = await db.ofProfile(profileId, (tx) => eventsAfter(tx, profileId, last, BATCH))
      for (const event of events) {
        id = event.id
        yield { what: 'event', event, position: write(id) }
      }
      if (events.length < BATCH && !(await bell.wait(quietMs))) yield { what: 'quiet', position: write(id) }
    }
  } finally {
    silence()
    signal.removeEventListener('abort', bell.ring)
  }
}

/** Forgets the events of all profiles that nobody can go on from any more. */
export async function forgetOldEvents({ db }: Pick<Service, 'db'>): Promise<void> {
  const all = await db.shared((tx) => tx.select({ id: profiles.id }).from(profiles))
  for (const { id } of all) await db.ofProfile(id, (tx) => trimEvents(tx, id))
}

const write = (id: number): string => `${id}.${Date.now()}`

function read(position: string): Position | null {
  const [, id, toldMs] = /^(\d{1,15})\.(\d{1,15})$/.exec(position) ?? []
  return id === undefined ? null : { id: Number(id), toldMs: Number(toldMs) }
}

/** The event to go on after; `null` where some may be forgotten by now, or where it never was (a database that was restored). */
function resumable(position: string, newest: number): number | null {
  const asked = read(position)
  if (asked === null || asked.id > newest || Date.now() - asked.toldMs > KEEP_SECONDS * 1000) return null
  return asked.id
}

/** Something to wait for, that remembers having rung. */
function createBell() {
  let rung = false
  let hear: (() => void) | null = null
  return {
    ring: (): void => {
      rung = true
      hear?.()
    },
    muffle: (): void => {
      rung = false
    },
    /** Whether it rang since it was muffled, or does within the time. */
    async wait(milliseconds: number): Promise<boolean> {
      if (rung) return true
      const { promise, resolve } = Promise.withResolvers<void>()
      hear = resolve
      const timer = setTimeout(resolve, milliseconds)
      await promise
      clearTimeout(timer)
      hear = null
      return rung
    },
  }
}
