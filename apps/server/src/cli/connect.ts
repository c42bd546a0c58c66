import { CutroomError, profilesSchema } from '@cutroom/contracts'
import { readConfig } from '../config.ts'
import type { Service } from '../domain/service.ts'
import { type ApiClient, apiClient } from './api-client.ts'
import { type ApiOptions, configFor } from './options.ts'
import { interruptible } from './session.ts'

/** What work against an API finds around it. */
export interface Surroundings {
  /** The service of this machine's own data folder, where no server was named. */
  readonly here: Service | null
  /** Ends with Ctrl-C. Calls of the API end with it where they have no signal of their own. */
  readonly signal: AbortSignal
}

/**
 * Runs work against the server that the options or settings name, else against this machine's own data folder, which a running
 * server may have open as well. Ctrl-C ends it and closes the folder. Throws `usage-invalid` for a server without a key.
 */
export const withApi = <T>(
  options: ApiOptions,
  work: (api: ApiClient, surroundings: Surroundings) => Promise<T>,
): Promise<T> => interruptible((signal) => openApi(options, signal, work))

async function openApi<T>(
  options: ApiOptions,
  signal: AbortSignal,
  work: (api: ApiClient, surroundings: Surroundings) => Promise<T>,
): Promise<T> {
  const config = configFor(options)
  const url = serverOf(options)
  if (url !== null) {
    const key = options.key ?? config.key
    if (key === null)
      throw new CutroomError('usage-invalid', 'A server is reached with a key.', {
        remedy:
          'Give it by --key or CUTROOM_KEY; `cutroom keys create` makes one on the machine of the server.',
      })
    // Others cannot even be sent.
    if (!/^[\x21-\x7e]+$/.test(key))
      throw new CutroomError('unauthenticated', 'The key has characters that no key has.')
    return work(apiClient({ url, key }, signal), { here: null, signal })
  }
  // Loaded where it is wanted: a client of a server starts without a server's many modules.
  const { withLocalApi } = await import('./local-api.ts')
  return withLocalApi(config, { ...options, signal }, (api, here) => work(api, { here, signal }))
}

/** The server that options or settings name, without a slash at the end; `null` for the data folder of this machine. Throws `usage-invalid`. */
export function serverOf({ server, data }: ApiOptions): string | null {
  const url = server ?? (data === undefined ? readConfig().server : null)
  if (url === null || (URL.canParse(url) && /^https?:/.test(url))) return url?.replace(/\/+$/, '') ?? null
  throw new CutroomError('usage-invalid', `${JSON.stringify(url)} is no address of a server.`, {
    remedy: 'Write it like http://127.0.0.1:8484.',
  })
}

/** The id of the profile that is named; `undefined`, for the default one, where none is. Throws `not-found`. */
export async function profileIdOf(api: ApiClient, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined
  const { items } = await api.call(profilesSchema, 'GET', '/profiles')
  const wanted = name.normalize('NFC').trim().toLowerCase()
  const found = items.find((profile) => profile.id === name || profile.name.toLowerCase() === wanted)
  if (found) return found.id
  throw new CutroomError('not-found', `There is no profile ${JSON.stringify(name)}.`, {
    field: 'profile',
    remedy: '`cutroom profiles list` shows them, `cutroom profiles create` makes one.',
  })
}
