import { createHash, timingSafeEqual } from 'node:crypto'
import { CutroomError } from '@cutroom/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Tx } from '../db/database.ts'
import { type Caller, LOCAL_CALLER } from '../domain/people/caller.ts'
import { callerOfKey } from '../domain/people/keys.ts'
import { callerOfSession } from '../domain/people/sessions.ts'
import { chooseProfile, profileNotFound } from '../domain/profiles/profiles.ts'
import type { Service } from '../domain/service.ts'
import { giveSession, refuseForgery, sessionToken } from './cookie.ts'
import { limitRequests, REQUESTS_PER_MINUTE } from './limits.ts'
import { isLoopback } from './open-address.ts'
import type { Access, App, ServerOptions } from './operation.ts'

const PROFILE_HEADER = 'x-profile-id'

/** Lets every operation know who asks and for which profile, and refuses those who may not or who ask too often. */
export function addAccess(app: App, service: Service, options: ServerOptions): void {
  app.decorateRequest('caller')
  app.decorateRequest('profile')
  app.addHook('onRoute', ({ config, url, method }) => {
    if (config?.access === undefined)
      throw new Error(`${String(method)} ${url} does not say who may call it.`)
  })
  const limit = limitRequests(app, options.requestsPerMinute ?? REQUESTS_PER_MINUTE)
  app.addHook('onRequest', async (request, reply) => {
    const { access, scope, token } = request.routeOptions.config
    if (access === undefined || access === 'public') return limit(request)
    if (typeof token === 'string' && sameText(bearerOf(request), token)) return limit(request)
    const { caller, profile } = isAnonymous(request, options)
      ? { caller: null, profile: null }
      : await service.db.oneByOne(async (tx) => {
          const caller = await identify(tx, options, request, reply)
          if (caller === null || scope === 'studio') return { caller, profile: null }
          const named = scope === 'path' ? profileOfPath(request) : namedProfile(request)
          return { caller, profile: await chooseProfile(tx, caller, named) }
        })
    if (caller !== null) request.caller = caller
    await limit(request)
    if (caller === null)
      throw new CutroomError('unauthenticated', 'The request carries no valid session or key.')
    // Before what the caller may do: another's profile is missing, whatever was asked of it.
    if (scope !== 'studio') {
      if (profile === null) throw profileNotFound()
      request.profile = profile
    }
    refuseForbidden(caller, access)
  })
}

/**
 * What a request names as its profile; what is named twice is no profile. Who reads may name it in the query, since players, pictures
 * and downloads of browsers send no headers; the header goes before it.
 */
function namedProfile({ headers, query, method }: FastifyRequest): string | undefined {
  const reads = method === 'GET' || method === 'HEAD'
  const named = headers[PROFILE_HEADER] ?? (reads ? (query as Record<string, unknown>).profileId : undefined)
  return named === undefined ? undefined : String(named)
}

const profileOfPath = ({ params }: FastifyRequest): string => (params as { readonly id: string }).id

/** Whoever sits at this machine; not a page of another site that their browser shows, by whatever name it calls this machine. */
function localCaller(request: FastifyRequest): Caller {
  if (!isLoopback(request.hostname))
    throw new CutroomError('forbidden', `This server does not answer to the name ${request.hostname}.`, {
      remedy: 'Use localhost or 127.0.0.1, or turn authentication on.',
    })
  refuseForgery(request, { mustSay: false })
  return LOCAL_CALLER
}

export const bearerOf = ({ headers }: FastifyRequest): string => {
  const [scheme, secret = ''] = (headers.authorization ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' ? secret : ''
}

/** Takes the same time for every wrong text. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** Who shows nothing that could let them in, and does not trouble the database. */
const isAnonymous = (request: FastifyRequest, { authentication }: ServerOptions): boolean =>
  authentication && request.headers.authorization === undefined && sessionToken(request) === undefined

async function identify(
  tx: Tx,
  { authentication, localKey }: ServerOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Caller | null> {
  if (!authentication) return localCaller(request)
  const bearer = bearerOf(request)
  if (localKey !== undefined && sameText(bearer, localKey)) return LOCAL_CALLER
  if (request.headers.authorization !== undefined) return callerOfKey(tx, bearer)
  const token = sessionToken(request)
  const session = token === undefined ? null : await callerOfSession(tx, token)
  if (token === undefined || session === null) return null
  refuseForgery(request, { mustSay: true })
  if (session.renewed) giveSession(request, reply, token)
  return session.caller
}

function refuseForbidden(caller: Caller, access: Exclude<Access, 'public'>): void {
  const refuse = (sentence: string) => {
    throw new CutroomError('forbidden', sentence)
  }
  if (access === 'read') return
  if (access === 'person' && caller.kind !== 'person') refuse('Only somebody who is signed in may do this.')
  if (caller.access !== 'write') refuse('This key may only read.')
  if (access.startsWith('owner') && caller.role !== 'owner') refuse('Only an owner may do this.')
  if (access === 'owner-in-person' && caller.kind === 'key')
    refuse(
      'Keys manage neither people nor keys; an owner does, signed in or on the command line of the server.',
    )
}
