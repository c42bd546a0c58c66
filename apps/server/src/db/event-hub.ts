import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { ConnectionFacts } from './connection.ts'

/** Something changed for the profile that is named. */
export const EVENTS_CHANNEL = 'cutroom_events'
/** A job may be ready to start. */
export const JOBS_CHANNEL = 'cutroom_jobs'
/** The job that is named is to be stopped. */
export const CANCEL_CHANNEL = 'cutroom_cancel'
const CHANNELS = [EVENTS_CHANNEL, JOBS_CHANNEL, CANCEL_CHANNEL] as const

type Channel = (typeof CHANNELS)[number]
/** Called with what a message says, or with `null` after the connection was lost and found: anything may have been missed. */
type Listener = (message: string | null) => void

/** Hears of what other processes commit, through one connection that comes back by itself. */
export interface EventHub {
  /** Returns the function that ends it. */
  listen(channel: Channel, listener: Listener): () => void
  /** Calls `wake` whenever there may be new events of a profile. Returns the function that ends it. */
  subscribe(profileId: string, wake: () => void): () => void
  close(): Promise<void>
}

const RECONNECT_MS = 1000
/** A connection that died without a word is found out by asking. */
const CHECK_MS = 10_000

/** Opens the hub; throws where the database cannot be reached at the start. */
export async function openEventHub(facts: ConnectionFacts): Promise<EventHub> {
  const listeners = new Map<Channel, Set<Listener>>(CHANNELS.map((channel) => [channel, new Set()]))
  const closing = new AbortController()
  let client = await connect()
  const upkeep = keepConnected()

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({ ...facts, application_name: 'cutroom events', keepAlive: true })
    // Noticed by the next check, or by `end`; without a listener it would end the process.
    fresh.on('error', () => undefined)
    fresh.on('notification', ({ channel, payload }) => {
      for (const listener of listeners.get(channel as Channel) ?? []) listener(payload ?? '')
    })
    await fresh.connect()
    await fresh.query(CHANNELS.map((channel) => `listen ${channel}`).join('; '))
    return fresh
  }

  /** Ends once a connection is there again, or none is wanted any more. */
  async function reconnect(): Promise<void> {
    while (!closing.signal.aborted) {
      // Where the database is away every transaction says so; here it is only asked for again.
      const fresh = await connect().catch(() => null)
      if (fresh !== null) {
        client = fresh
        for (const set of listeners.values()) for (const listener of set) listener(null)
        return
      }
      await sleep(RECONNECT_MS, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }

  async function keepConnected(): Promise<void> {
    while (!closing.signal.aborted) {
      await lost(client, closing.signal)
      await client.end().catch(() => undefined)
      await reconnect()
    }
  }

  const listen: EventHub['listen'] = (channel, listener) => {
    listeners.get(channel)?.add(listener)
    return () => listeners.get(channel)?.delete(listener)
  }
  return {
    listen,
    subscribe: (profileId, wake) =>
      listen(EVENTS_CHANNEL, (message) => {
        if (message === null || message === profileId) wake()
      }),
    async close() {
      closing.abort()
      await upkeep
    },
  }
}

/** Waits until a connection is gone, does not answer any more, or is not wanted. */
async function lost(client: pg.Client, unwanted: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  client.once('end', () => resolve())
  unwanted.addEventListener('abort', () => resolve(), { once: true })
  if (unwanted.aborted) resolve()
  let late: NodeJS.Timeout | undefined
  const check = setInterval(() => {
    late = setTimeout(resolve, CHECK_MS / 2)
    client.query('select 1').then(
      () => clearTimeout(late),
      () => resolve(),
    )
  }, CHECK_MS)
  await promise
  clearInterval(check)
  clearTimeout(late)
}
