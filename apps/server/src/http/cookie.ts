import { CutroomError } from '@cutroom/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SESSION_SECONDS } from '../domain/people/sessions.ts'

export const SESSION_COOKIE = 'cutroom_session'

/** Scripts cannot read it, other sites' forms do not send it, and over https it never travels without. */
const cookieOptions = (request: FastifyRequest) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' }) as const

export function giveSession(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(SESSION_COOKIE, token, { ...cookieOptions(request), maxAge: SESSION_SECONDS })
}

export function takeSession(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, cookieOptions(request))
}

export const sessionToken = (request: FastifyRequest): string | undefined => request.cookies[SESSION_COOKIE]

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Throws `forbidden` where a page of another site makes a browser write with the cookies of this one. A browser says where a request
 * comes from; with `mustSay`, so must everybody.
 */
export function refuseForgery(request: FastifyRequest, { mustSay }: { readonly mustSay: boolean }): void {
  if (SAFE_METHODS.includes(request.method)) return
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  const own = `${request.protocol}://${request.host}`
  const fromHere = site === undefined ? origin === own : site === 'same-origin'
  const silent = site === undefined && origin === undefined
  if (fromHere || (silent && !mustSay)) return
  throw new CutroomError('forbidden', 'The request does not come from a page of this server.', {
    remedy: 'Programs use a key instead of a session.',
  })
}
