import { aliveSchema, readinessSchema } from '@cutroom/contracts'
import { readinessOf } from '../../domain/readiness.ts'
import type { Routes } from '../operation.ts'

const tags = ['operation']
const config = { access: 'public', scope: 'studio' } as const

export const healthRoutes: Routes = (app, service, { version }) => {
  const readiness = readinessOf(service)

  app.get(
    '/healthz',
    {
      config,
      schema: {
        operationId: 'getAlive',
        tags,
        summary: 'Whether the process answers',
        response: { 200: aliveSchema },
      },
    },
    async () => ({ alive: true as const, version }),
  )

  app.get(
    '/readyz',
    {
      config,
      schema: {
        operationId: 'getReadiness',
        tags,
        summary: 'Whether the server can be of use now, and what keeps it from that',
        response: { 200: readinessSchema, 503: readinessSchema },
      },
    },
    async (_request, reply) => {
      const parts = await readiness()
      const ready = Object.values(parts).every((part) => part.ready)
      return reply.status(ready ? 200 : 503).send({ ready, parts })
    },
  )
}
