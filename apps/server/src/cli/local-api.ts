import { randomBytes } from 'node:crypto'
import { type Config, databaseOf } from '../config.ts'
import { openService } from '../domain/open-service.ts'
import type { Service } from '../domain/service.ts'
import { buildServer } from '../http/server.ts'
import { createLog } from '../log.ts'
import { type ApiClient, apiClient } from './api-client.ts'
import { versionOfPackage } from './version.ts'

/** Runs work against the API of a data folder, which is opened for it: the same API as a server's, for this process alone. */
export async function withLocalApi<T>(
  config: Config,
  { verbose, signal }: { readonly verbose: boolean; readonly signal: AbortSignal },
  work: (api: ApiClient, here: Service) => Promise<T>,
): Promise<T> {
  const log = createLog({ level: verbose ? 'debug' : 'silent', destination: process.stderr })
  await using opened = new AsyncDisposableStack()
  const service = await openService({ ...config, ...databaseOf(config) }, { supervise: false, log })
  opened.defer(() => service.close())
  // Nobody else knows the key.
  const localKey = randomBytes(32).toString('base64url')
  const app = await buildServer(service, { authentication: true, version: versionOfPackage(), localKey })
  opened.defer(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  signal.throwIfAborted()
  return await work(apiClient({ url, key: localKey }, signal), service)
}
