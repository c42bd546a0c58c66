import { CutroomError, ERRORS, type ErrorCode, problemOf, toCutroomError } from '@cutroom/contracts'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { validationError } from './validation.ts'

export const PROBLEM_TYPE = 'application/problem+json'

/**
 * Answers any failure as RFC 9457 wants it. What was not foreseen is logged whole and told without its words; where files lie on this
 * machine is told to nobody.
 */
export const answerProblem =
  (dataDir: string) =>
  (thrown: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void => {
    const error = requestError(thrown, request)
    const { status, meaning } = ERRORS[error.code]
    if (error.code === 'internal') request.log.error({ err: thrown }, 'The request failed.')
    else if (status >= 500) request.log.warn({ err: thrown, code: error.code }, 'The request failed.')
    const told = error.code === 'internal' ? new CutroomError('internal', meaning) : error
    const { retryAfterSeconds } = error.details
    if (typeof retryAfterSeconds === 'number') reply.header('retry-after', String(retryAfterSeconds))
    void reply
      .status(status)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify({ ...problemOf(told), requestId: request.id }).replaceAll(dataDir, '…'))
  }

/** Any failure of a request with a code: Fastify's own, the validators' and the database's included. */
function requestError(thrown: FastifyError | Error, request: FastifyRequest): CutroomError {
  if (hasZodFastifySchemaValidationErrors(thrown)) return validationError(thrown, partOf(request, thrown))
  if (thrown instanceof CutroomError) return thrown
  if ('statusCode' in thrown && typeof thrown.statusCode === 'number' && thrown.statusCode < 500) {
    const code = CODE_OF_STATUS[thrown.statusCode] ?? 'request-invalid'
    return new CutroomError(code, `${thrown.message.replace(/\.$/, '')}.`, { cause: thrown })
  }
  if (BROKEN_FORM.test(thrown.message))
    return new CutroomError('request-invalid', `The form cannot be read: ${thrown.message}.`, {
      cause: thrown,
    })
  return toCutroomError(thrown)
}

/** What the reader of forms says, without a status. */
const BROKEN_FORM = /^Multipart:|unexpected end of multipart|^The needle cannot/i

/** What Fastify itself refuses. */
const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'not-found',
  413: 'body-too-large',
  429: 'rate-limited',
}

/** The part of a request that did not fit its schema. */
function partOf(request: FastifyRequest, { validationContext = 'body' }: FastifyError): unknown {
  const parts: Readonly<Record<string, unknown>> = {
    body: request.body,
    querystring: request.query,
    params: request.params,
    headers: request.headers,
  }
  return parts[validationContext]
}
