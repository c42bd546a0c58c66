import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { App, ServerOptions } from './operation.ts'

const REQUEST_ID_HEADER = 'x-request-id'

/** The caller's own id of a request where it is harmless, so that its logs and ours can be joined; else a new one. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_ID_HEADER]
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID()
}

/** What holds for every answer: headers that keep browsers careful, ids, limits, and which other origins may ask. */
export async function addSecurity(app: App, { origins = [] }: ServerOptions): Promise<void> {
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        // libass, which draws captions in the browser, is WebAssembly.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        // The page that describes the API styles itself, and the studio places things.
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
    },
    // Other names of the operator's domain are not ours to decide about.
    strictTransportSecurity: { includeSubDomains: false },
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header(REQUEST_ID_HEADER, request.id)
  })
  if (origins.length > 0) addOrigins(app, origins)
}

/** Lets pages of other origins call the API with a key. Cookies stay here: `Access-Control-Allow-Credentials` is never sent. */
function addOrigins(app: App, origins: readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'Origin')
    const { origin } = request.headers
    if (origin === undefined || !origins.includes(origin)) return
    reply.header('access-control-allow-origin', origin)
    reply.header('cross-origin-resource-policy', 'cross-origin')
    reply.header('access-control-expose-headers', '*')
    const asked = request.headers['access-control-request-method']
    if (request.method !== 'OPTIONS' || asked === undefined) return
    reply.header('access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE')
    reply.header('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '')
    reply.header('access-control-max-age', '600')
    return reply.status(204).send()
  })
}
