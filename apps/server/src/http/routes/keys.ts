import { createdKeySchema, keysSchema, newKeySchema } from '@cutroom/contracts'
import { createKey, listKeys, revokeKey } from '../../domain/people/keys.ts'
import { emptySchema } from '../answers.ts'
import type { Routes } from '../operation.ts'
import { idParam, idParams } from '../params.ts'

const tags = ['keys']
const config = { access: 'owner-in-person', scope: 'studio' } as const

export const keyRoutes: Routes = (app, { db }) => {
  app.get(
    '/keys',
    {
      config,
      schema: {
        operationId: 'listKeys',
        tags,
        summary: 'List the keys of programs',
        response: { 200: keysSchema },
      },
    },
    () => listKeys(db),
  )

  app.post(
    '/keys',
    {
      config,
      schema: {
        operationId: 'createKey',
        tags,
        summary: 'Make a key for a program',
        description: 'The secret of the answer is shown this once.',
        body: newKeySchema,
        response: { 201: createdKeySchema },
      },
    },
    async ({ caller, body }, reply) =>
      reply.status(201).send(await createKey(db, caller.kind === 'person' ? caller.id : null, body)),
  )

  app.delete(
    '/keys/:id',
    {
      config,
      schema: {
        operationId: 'revokeKey',
        tags,
        summary: 'End a key for ever',
        params: idParams,
        response: { 204: emptySchema },
      },
    },
    async (request, reply) => {
      await revokeKey(db, idParam(request.params.id, 'key'))
      return reply.status(204).send(null)
    },
  )
}
