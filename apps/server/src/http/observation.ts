import type { Service } from '../domain/service.ts'
import type { App } from './operation.ts'

/**
 * Counts every answer and writes one line about it. Paths and queries are left out, since links carry their secret there: the pattern of
 * the route says what it was, and the ids in it say what it was about.
 */
export function addObservation(app: App, service: Service): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, caller, profile, log } = request
    const route = routeOptions.url ?? 'unknown'
    const seconds = reply.elapsedTime / 1000
    const { statusCode: status } = reply
    service.metrics.requestEnded({ method, route, status, seconds })
    const params: Record<string, unknown> = { ...(request.params as object) }
    delete params.token
    log.info(
      {
        method,
        route,
        status,
        ms: Math.round(reply.elapsedTime),
        params,
        ...(caller !== undefined && { caller: `${caller.kind} ${caller.id}` }),
        ...(profile !== undefined && { profileId: profile.id }),
      },
      'The request was answered.',
    )
  })
}
