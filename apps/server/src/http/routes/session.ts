import {
  newPersonSchema,
  passwordChangeSchema,
  passwordResetSchema,
  type Session,
  sessionSchema,
  signInSchema,
} from '@cutroom/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { describeCaller } from '../../domain/people/describe.ts'
import { acceptInvitation, resetPassword, setUp } from '../../domain/people/links.ts'
import { changePassword } from '../../domain/people/people.ts'
import { callerOfSession, endSession, signIn } from '../../domain/people/sessions.ts'
import { emptySchema } from '../answers.ts'
import { giveSession, refuseForgery, sessionToken, takeSession } from '../cookie.ts'
import { limitAttempts } from '../limits.ts'
import type { Routes } from '../operation.ts'

const tags = ['session']

export const sessionRoutes: Routes = (app, service) => {
  const { db } = service
  const limit = limitAttempts(app)
  /** Of what lets people in: pages of other sites may not do it for them, and nobody may try for ever. */
  const entrance = {
    config: { access: 'public', scope: 'studio' },
    preHandler: async (request: FastifyRequest) => {
      refuseForgery(request, { mustSay: false })
      await limit(request)
    },
  } as const

  async function enter(request: FastifyRequest, reply: FastifyReply, token: string): Promise<Session> {
    giveSession(request, reply, token)
    const session = await db.shared((tx) => callerOfSession(tx, token))
    if (session === null) throw new Error('The session that was started is gone.')
    return describeCaller(service, session.caller)
  }

  app.get(
    '/session',
    {
      config: { access: 'read', scope: 'studio' },
      schema: {
        operationId: 'getSession',
        tags,
        summary: 'Who you are and what you reach',
        response: { 200: sessionSchema },
      },
    },
    ({ caller }) => describeCaller(service, caller),
  )

  app.post(
    '/session',
    {
      ...entrance,
      schema: {
        operationId: 'signIn',
        tags,
        summary: 'Sign in',
        description: 'Sets the cookie of the session, which ends after 30 days without use.',
        body: signInSchema,
        response: { 200: sessionSchema },
      },
    },
    async (request, reply) => {
      const { email, password } = request.body
      return enter(request, reply, await signIn(db, email, password))
    },
  )

  app.delete(
    '/session',
    {
      config: { access: 'person', scope: 'studio' },
      schema: { operationId: 'signOut', tags, summary: 'Sign out', response: { 204: emptySchema } },
    },
    async (request, reply) => {
      const token = sessionToken(request)
      if (token !== undefined) await endSession(db, token)
      takeSession(request, reply)
      return reply.status(204).send(null)
    },
  )

  for (const { place, operationId, summary, become } of [
    {
      place: '/session/setup',
      operationId: 'setUp',
      summary: 'Become the first owner, with the token of the link that the server printed',
      become: setUp,
    },
    {
      place: '/session/accept',
      operationId: 'acceptInvitation',
      summary: 'Take an invitation up',
      become: acceptInvitation,
    },
  ])
    app.post(
      place,
      {
        ...entrance,
        schema: { operationId, tags, summary, body: newPersonSchema, response: { 201: sessionSchema } },
      },
      async (request, reply) => {
        const session = await enter(request, reply, await become(db, request.body))
        return reply.status(201).send(session)
      },
    )

  app.post(
    '/session/reset',
    {
      ...entrance,
      schema: {
        operationId: 'resetPassword',
        tags,
        summary: 'Set a new password with the token of a link',
        description: 'Ends every other session of the person.',
        body: passwordResetSchema,
        response: { 200: sessionSchema },
      },
    },
    async (request, reply) => {
      const { token, password } = request.body
      return enter(request, reply, await resetPassword(db, token, password))
    },
  )

  app.put(
    '/session/password',
    {
      config: { access: 'person', scope: 'studio' },
      preHandler: limit,
      schema: {
        operationId: 'changePassword',
        tags,
        summary: 'Change your password',
        description: 'Ends your other sessions.',
        body: passwordChangeSchema,
        response: { 204: emptySchema },
      },
    },
    async (request, reply) => {
      await changePassword(db, request.caller.id, request.body, sessionToken(request) ?? '')
      return reply.status(204).send(null)
    },
  )
}
