import { createHash } from 'node:crypto'
import { CutroomError } from '@cutroom/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  beginRequest,
  forgetRequest,
  keepAnswer,
  type NamedRequest,
  type RememberedRequest,
} from '../db/queries/idempotency.ts'
import type { Service } from '../domain/service.ts'
import type { App } from './operation.ts'

export const IDEMPOTENCY_HEADER = 'idempotency-key'
const REPLAYED_HEADER = 'idempotency-replayed'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set where this request is the first of its idempotency key. */
    named: NamedRequest | null
  }
}

/**
 * Sends the first answer again where an operation that costs something is asked for twice with the same `Idempotency-Key`. Answers of 5xx
 * are not kept, so that the request can be tried again.
 */
export function addIdempotency(app: App, service: Service): void {
  app.decorateRequest('named', null)
  app.addHook('preHandler', async (request, reply) => {
    const key = request.routeOptions.config.idempotent ? request.headers[IDEMPOTENCY_HEADER] : undefined
    if (key === undefined) return
    const named = { profileId: request.profile.id, callerId: request.caller.id, key: checkKey(key) }
    const requestHash = hashOf(request)
    const first = await service.db.ofProfile(named.profileId, (tx) => beginRequest(tx, named, requestHash))
    if (first !== null) return replay(reply, first, requestHash)
    request.named = named
  })
  app.addHook('onSend', async ({ named }, { statusCode }, payload) => {
    if (named === null) return payload
    const keeps = statusCode < 500 && typeof payload === 'string'
    await service.db.ofProfile(named.profileId, (tx) =>
      keeps ? keepAnswer(tx, named, statusCode, payload) : forgetRequest(tx, named),
    )
    return payload
  })
}

/**
 * The service for an operation that answers with the job which it queues: should the server be killed before it has answered, whoever
 * asks again gets that job, and no other one.
 */
export const serviceFor = (service: Service, { named }: FastifyRequest): Service =>
  named === null
    ? service
    : { ...service, keepJob: (tx, job) => keepAnswer(tx, named, 202, JSON.stringify(job)) }

function checkKey(key: string | string[]): string {
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key
  throw new CutroomError('field-invalid', 'Idempotency-Key has 1 to 200 visible ASCII characters.', {
    field: IDEMPOTENCY_HEADER,
  })
}

const hashOf = ({ method, url, body }: FastifyRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('hex')

function replay(reply: FastifyReply, first: RememberedRequest, requestHash: string): FastifyReply {
  if (first.requestHash !== requestHash)
    throw new CutroomError('field-invalid', 'The Idempotency-Key was used for another request.', {
      field: IDEMPOTENCY_HEADER,
      remedy: 'Use a new key for a new request.',
    })
  const { status, body } = first
  if (status === null)
    throw new CutroomError('conflict', 'The first request with this Idempotency-Key has not ended.', {
      remedy: 'Ask again in a moment; where the server was killed in the middle of it, in ten minutes.',
    })
  const type = status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json'
  return reply.header(REPLAYED_HEADER, 'true').status(status).type(type).send(body)
}
