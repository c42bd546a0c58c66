import { z } from 'zod'
import { readFigures } from '../../domain/figures.ts'
import type { Routes } from '../operation.ts'

/** Whoever asks again within this time gets the same figures of the database. */
const FRESH_MS = 2000

export const metricsRoutes: Routes = (app, service, { metricsToken }) => {
  let last: { readonly atMs: number; readonly figures: ReturnType<typeof readFigures> } | undefined

  app.get(
    '/metrics',
    {
      config: { access: 'owner', scope: 'studio', token: metricsToken ?? null },
      schema: {
        operationId: 'getMetrics',
        tags: ['operation'],
        summary: 'What is counted, for Prometheus',
        description: 'For owners, and for whoever sends the token of the setting `CUTROOM_METRICS_TOKEN`.',
        response: { 200: { description: 'Text format.', content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    async (_request, reply) => {
      const now = performance.now()
      if (last === undefined || now - last.atMs > FRESH_MS)
        last = { atMs: now, figures: readFigures(service) }
      const { contentType, body } = await service.metrics.text(await last.figures)
      return reply.type(contentType).send(body)
    },
  )
}
