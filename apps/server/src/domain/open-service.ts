import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { CutroomError } from '@cutroom/contracts'
import { openDataFolder } from '../data-folder.ts'
import type { ConnectionFacts } from '../db/connection.ts'
import { hold } from '../db/embedded/mutex.ts'
import { openEventHub } from '../db/event-hub.ts'
import { type DatabasePlace, openMigrated } from '../db/open.ts'
import type { Log } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { openQueue } from '../queue/queue.ts'
import { letGoOfSources } from './library/let-go.ts'
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
  const queue = await openQueue(db, facts, { supervise, onError, letGo: letGoOfSources })
  opening.defer(() => queue.close())
  // In one spelling, by which it is kept out of what people are told.
  const studio = await openStudio({ ...settings, dataDir: await realpath(settings.dataDir) })
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
 * Throws `data-folder-in-use`, and what opening the folder throws.
 */
export async function holdDataFolder(dataDir: string): Promise<() => void> {
  await openDataFolder(dataDir)
  // Not in the database: it may die and be started anew while its server lives.
  const release = await hold(path.join(dataDir, 'server.lock'), 0)
  if (release !== null) return release
  throw new CutroomError('data-folder-in-use', `Another server runs with the data folder ${dataDir}.`)
}
