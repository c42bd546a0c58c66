import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { hostname } from 'node:os'
import { CutroomError } from '@cutroom/contracts'
import pg from 'pg'
import type { ConnectionFacts } from '../db/connection.ts'
import { openEventHub } from '../db/event-hub.ts'
import { type DatabasePlace, openMigrated } from '../db/open.ts'
import type { Log } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { openQueue } from '../queue/queue.ts'
import type { Service } from './service.ts'
import { openStudio, type StudioSettings } from './studio.ts'

export interface ServiceSettings extends StudioSettings, DatabasePlace {
  /** Bytes of the largest upload. */
  readonly maxUploadBytes: number
}

export interface ServiceOptions {
  /** Whether this process looks for jobs whose worker is gone. */
  readonly supervise: boolean
  readonly log: Log
}

/** A service that was opened, and has to be closed. */
export interface OpenedService extends Service {
  /** Where its database is, for those who listen to it. */
  readonly facts: ConnectionFacts
  /** Starts the embedded database again where it has died. */
  ensureDatabase(): Promise<void>
  close(): Promise<void>
}

/** Opens database, queue and studio of a data folder. What was opened is closed again where a later step fails. */
export async function openService(
  settings: ServiceSettings,
  options: ServiceOptions,
): Promise<OpenedService> {
  const { log, supervise } = options
  await using opening = new AsyncDisposableStack()
  const { db, facts, ensureRunning, close } = await openMigrated(settings, (message) => log.info(message))
  opening.defer(close)
  const hub = await openEventHub(facts)
  opening.defer(() => hub.close())
  const onError = (err: Error) => log.error({ err }, 'the queue failed')
  const queue = await openQueue(db, facts, { supervise, onError })
  opening.defer(() => queue.close())
  const studio = await openStudio(settings)
  const opened = opening.move()
  return {
    db,
    hub,
    queue,
    studio,
    maxUploadBytes: settings.maxUploadBytes,
    log,
    metrics: createMetrics(),
    facts,
    ensureDatabase: ensureRunning,
    close: () => opened.disposeAsync(),
  }
}

/**
 * Keeps the data folder for one server. Returns the function that gives it back; a server that dies gives it back as well.
 * Throws `data-folder-in-use`.
 */
export async function holdDataFolder(service: OpenedService): Promise<() => Promise<void>> {
  const { dataDir } = service.studio
  // Where the database lies elsewhere, several machines may use it, each with a folder of its own.
  const name = createHash('sha256')
    .update(`${hostname()}:${await realpath(dataDir)}`)
    .digest()
  const client = new pg.Client({ ...service.facts, application_name: 'cutroom server', keepAlive: true })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
    name.readBigInt64BE().toString(),
  ])
  if (rows[0]?.held) return () => client.end()
  await client.end()
  throw new CutroomError('data-folder-in-use', `Another server runs with the data folder ${dataDir}.`)
}
