import { CutroomError, errnoOf } from '@cutroom/contracts'
import { type Config, databaseOf } from '../config.ts'
import { startMaintenance } from '../domain/maintenance.ts'
import { holdDataFolder, type OpenedService, openService } from '../domain/open-service.ts'
import { createSetupLink } from '../domain/people/links.ts'
import { slotsOfMachine } from '../domain/studio.ts'
import { refuseOpenAddress } from '../http/open-address.ts'
import type { App } from '../http/operation.ts'
import { buildOperatorServer, buildServer } from '../http/server.ts'
import { createLog, type Log, terminalLines } from '../log.ts'
import { HANDLERS } from '../worker/handlers/index.ts'
import { startWorker } from '../worker/worker.ts'
import { versionOfPackage } from './version.ts'

/** Jobs beyond those that have a place for heavy work: voices, previews and what waits for its place. */
const LIGHT_JOBS = 2
/** How long requests may go on after the jobs have ended. */
const LAST_REQUESTS_MS = 5000

/** What of a studio this process is. */
export interface Parts {
  readonly api: boolean
  readonly worker: boolean
}

/** Runs until it is asked to stop; then running jobs may end within the grace period. */
export async function serve(config: Config, parts: Parts): Promise<void> {
  const { host, authentication } = config
  const port = parts.api ? config.port : config.workerPort
  if (port !== null) refuseOpenAddress(config)
  if (config.databaseUrl === null && !(parts.api && parts.worker))
    throw new CutroomError('usage-invalid', 'API and worker run apart only on a PostgreSQL of their own.', {
      remedy: 'Set DATABASE_URL for both, or run `cutroom serve`.',
    })
  const log = createLog({
    level: config.logLevel,
    destination: process.stderr.isTTY ? terminalLines(process.stderr) : process.stderr,
  })
  const stopping = stopSignals(log)
  await using opened = new AsyncDisposableStack()
  if (parts.api && parts.worker) opened.defer(await holdDataFolder(config.dataDir))
  const service = await openService({ ...config, ...databaseOf(config) }, { supervise: parts.worker, log })
  opened.defer(() => service.close())
  if (port !== null) {
    const app = await (parts.api ? buildServer : buildOperatorServer)(service, {
      authentication,
      version: versionOfPackage(),
      trustProxy: config.trustProxy,
      origins: config.origins,
      metricsToken: config.metricsToken,
    })
    opened.defer(() => closeApi(app))
    const address = await listen(app, { host, port }, parts.api ? 'CUTROOM_PORT' : 'CUTROOM_WORKER_PORT')
    if (parts.api) await announce(service, config.publicUrl ?? address, authentication)
    else process.stdout.write(`Health and metrics of this worker: ${address}\n`)
  }
  if (parts.worker) {
    const places = config.jobsAtOnce ?? slotsOfMachine() + LIGHT_JOBS
    const worker = startWorker({ service, handlers: HANDLERS, concurrency: places })
    const maintenance = startMaintenance(service)
    opened.defer(async () => {
      await Promise.all([worker.stop(config), maintenance.stop(config)])
    })
    log.info({ places }, 'the worker takes jobs')
  }
  await stopping
  log.info({ graceSeconds: config.graceSeconds }, 'stopping')
}

const WHY_NOT: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EACCES: 'this user may not',
  EADDRNOTAVAIL: 'it is no address of this machine',
  ENOTFOUND: 'there is no machine of that name',
}

/** Returns the address as people open it. Throws `usage-invalid` for one that cannot be listened on. */
async function listen(
  app: App,
  { host, port }: { host: string; port: number },
  setting: string,
): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const why = WHY_NOT[errnoOf(error) ?? '']
    if (why === undefined) throw error
    throw new CutroomError('usage-invalid', `The server cannot listen on port ${port} of ${host}: ${why}.`, {
      cause: error,
      remedy: `Choose others by --host and --port, or CUTROOM_HOST and ${setting}; port 0 takes a free one.`,
    })
  }
}

/** Takes no more requests and lets the running ones end, but not for ever: an upload can last hours, and be gone on with later. */
async function closeApi(app: App): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), LAST_REQUESTS_MS)
  await app.close()
  clearTimeout(cut)
}

/** Says, for a person who started it by hand, where the studio is and how to get in. */
async function announce(service: OpenedService, url: string, authentication: boolean): Promise<void> {
  process.stdout.write(`Cutroom is ready: ${url}\n`)
  if (!authentication) {
    process.stdout.write('Authentication is off: everybody on this machine is the owner.\n')
    return
  }
  const token = await createSetupLink(service.db)
  if (token === null) return
  process.stdout.write(
    `Open this link to become the owner; it works once, within 24 hours:\n  ${url}/setup#${token}\n`,
  )
}

/** Resolves when the process is asked to stop; asked again, it goes at once and leaves the rest to the next start. */
function stopSignals(log: Log): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let asked = false
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      if (asked) {
        log.warn('asked twice to stop: going at once')
        process.exit(130)
      }
      asked = true
      resolve()
    })
  return promise
}
