import { CutroomError } from '@cutroom/contracts'
import { normalizeIP } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import type { App } from './operation.ts'

/** Requests of one key or address within a minute, where nothing else is set. */
export const REQUESTS_PER_MINUTE = 1200
/** So many times as many of a person: their browser asks for a picture of each clip that they scroll to. */
const PERSON_FACTOR = 5
const MINUTE_MS = 60_000
/** Attempts to sign in or to take up a link, within the window, of one address and for one e-mail address. */
const ATTEMPTS_OF_ADDRESS = 30
const ATTEMPTS_FOR_EMAIL = 10
const ATTEMPTS_WINDOW_MS = 10 * MINUTE_MS

/** Counts a request; throws `rate-limited` where there were too many. */
export type Limit = (request: FastifyRequest) => Promise<void>

/** The neighbourhood of an address: who has one IPv6 address usually has 2^64. */
const addressOf = (request: FastifyRequest): string => normalizeIP(request.ip, 64)

/** Limits the requests of each caller; of those who are not known, of each address. The local caller has the whole machine anyway. */
export function limitRequests(app: App, perMinute: number): Limit {
  const check = app.createRateLimit({
    max: ({ caller }) => (caller?.kind === 'person' ? perMinute * PERSON_FACTOR : perMinute),
    timeWindow: MINUTE_MS,
    keyGenerator: (request) =>
      request.caller === undefined ? addressOf(request) : `${request.caller.kind} ${request.caller.id}`,
    allowList: (request) => request.caller?.kind === 'local',
  })
  return async (request) => refuse(await check(request))
}

/** Limits attempts to get in, whether they succeed or not: guessing is slow from one address, and for one person from everywhere. */
export function limitAttempts(app: App): Limit {
  const ofAddress = app.createRateLimit({
    max: ATTEMPTS_OF_ADDRESS,
    timeWindow: ATTEMPTS_WINDOW_MS,
    keyGenerator: addressOf,
  })
  const forEmail = app.createRateLimit({
    max: ATTEMPTS_FOR_EMAIL,
    timeWindow: ATTEMPTS_WINDOW_MS,
    keyGenerator: ({ body }) => emailOf(body) ?? '',
  })
  return async (request) => {
    refuse(await ofAddress(request))
    if (emailOf(request.body) !== null) refuse(await forEmail(request))
  }
}

const emailOf = (body: unknown): string | null =>
  typeof body === 'object' && body !== null && 'email' in body ? String(body.email).toLowerCase() : null

function refuse(counted: Awaited<ReturnType<ReturnType<App['createRateLimit']>>>): void {
  if (counted.isAllowed || !counted.isExceeded) return
  const { ttlInSeconds: retryAfterSeconds, max } = counted
  throw new CutroomError(
    'rate-limited',
    `More than ${max} requests came in a short time; the next is answered in ${retryAfterSeconds} s.`,
    { details: { limit: max, retryAfterSeconds } },
  )
}
