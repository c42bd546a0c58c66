import { CutroomError } from '@cutroom/contracts'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Service } from '../domain/service.ts'
import { addAccess } from './access.ts'
import { addIdempotency } from './idempotency.ts'
import { addObservation } from './observation.ts'
import { addDocuments } from './openapi.ts'
import type { App, Routes, ServerOptions } from './operation.ts'
import { answerProblem } from './problems.ts'
import { captionRoutes } from './routes/captions.ts'
import { clipRoutes } from './routes/clips.ts'
import { eventRoutes } from './routes/events.ts'
import { exportRoutes } from './routes/exports.ts'
import { fontRoutes } from './routes/fonts.ts'
import { healthRoutes } from './routes/health.ts'
import { jobRoutes } from './routes/jobs.ts'
import { keyRoutes } from './routes/keys.ts'
import { linkRoutes } from './routes/links.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { oneShotRoutes } from './routes/one-shot.ts'
import { peopleRoutes } from './routes/people.ts'
import { playbackRoutes } from './routes/playback.ts'
import { presetRoutes } from './routes/presets.ts'
import { profileRoutes } from './routes/profiles.ts'
import { projectRoutes } from './routes/projects.ts'
import { renderRoutes } from './routes/renders.ts'
import { segmentRoutes } from './routes/segments.ts'
import { sessionRoutes } from './routes/session.ts'
import { sourceRoutes } from './routes/sources.ts'
import { storageRoutes } from './routes/storage.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { voiceoverRoutes } from './routes/voiceovers.ts'
import { addSecurity, requestId } from './security.ts'
import { addStudio } from './studio.ts'
import { addTextGuard } from './text-guard.ts'
import { addEmptyBodies } from './validation.ts'

export type { ServerOptions } from './operation.ts'

/** Beside the API: for those who run the server. */
const OPERATOR_ROUTES: readonly Routes[] = [healthRoutes, metricsRoutes]

/** One line for each noun. */
const ROUTES: readonly Routes[] = [
  sessionRoutes,
  peopleRoutes,
  keyRoutes,
  profileRoutes,
  clipRoutes,
  captionRoutes,
  playbackRoutes,
  fontRoutes,
  presetRoutes,
  projectRoutes,
  jobRoutes,
  eventRoutes,
  uploadRoutes,
  sourceRoutes,
  segmentRoutes,
  linkRoutes,
  storageRoutes,
  voiceoverRoutes,
  renderRoutes,
  exportRoutes,
  oneShotRoutes,
]

/** Bytes of a JSON body. Uploads and pictures have limits of their own. */
const BODY_LIMIT = 1_048_576
/** Signed links are long. */
const LONGEST_PATH_PART = 1000

/** The API of a studio. Not yet listening. `more`: operations beside those of the API. */
export async function buildServer(
  service: Service,
  options: ServerOptions,
  more: readonly Routes[] = [],
): Promise<App> {
  const app = await bareServer(service, options)
  await addDocuments(app, options.version)
  await addStudio(app)
  await app.register(async (operations) => {
    addOperatorRoutes(operations, service, options)
    await operations.register(
      async (api) => {
        api.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, () =>
          app.swagger(),
        )
        for (const routes of [...ROUTES, ...more]) routes(api, service, options)
      },
      { prefix: '/api/v1' },
    )
  })
  return app
}

/** Health and metrics of a process that serves no API. Not yet listening. */
export async function buildOperatorServer(service: Service, options: ServerOptions): Promise<App> {
  const app = await bareServer(service, options)
  app.setNotFoundHandler(() => {
    throw new CutroomError('not-found', 'There is nothing at this address: the API runs elsewhere.')
  })
  await app.register(async (operations) => addOperatorRoutes(operations, service, options))
  return app
}

/** What holds for every operation, and those that each process has. */
function addOperatorRoutes(operations: App, service: Service, options: ServerOptions): void {
  addAccess(operations, service, options)
  addTextGuard(operations)
  addEmptyBodies(operations)
  addIdempotency(operations, service)
  for (const routes of OPERATOR_ROUTES) routes(operations, service, options)
}

async function bareServer(service: Service, options: ServerOptions): Promise<App> {
  const app: App = Fastify({
    bodyLimit: BODY_LIMIT,
    // The nearest one alone: what stands further left in its headers may be written by anybody.
    trustProxy: (_address, hop) => options.trustProxy === true && hop === 0,
    loggerInstance: service.log as FastifyBaseLogger,
    // `addObservation` writes one line for each request, without its query.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestId,
    routerOptions: { maxParamLength: LONGEST_PATH_PART },
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerProblem(service.studio.dataDir))
  await addSecurity(app, options)
  addObservation(app, service)
  return app
}
