import { jobSchema, multiVideoSchema, oneShotSchema } from '@cutroom/contracts'
import { requestMultiVideo } from '../../domain/render/multi-video.ts'
import { requestOneShot } from '../../domain/render/one-shot.ts'
import { serviceFor } from '../idempotency.ts'
import type { Routes } from '../operation.ts'

const tags = ['one-shot']

export const oneShotRoutes: Routes = (app, service) => {
  app.post(
    '/one-shot',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'makeOneShot',
        tags,
        summary: 'Turn videos into finished clips, as one job',
        description:
          'Makes a project, ingests what was not ingested yet, has the script spoken, selects, and renders. The result of the job names the clips and exports.',
        body: oneShotSchema,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) =>
      reply
        .status(202)
        .send(await requestOneShot(serviceFor(service, request), request.profile, request.body)),
  )
  app.post(
    '/multi-video',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'makeMultiVideo',
        tags,
        summary: 'Show other videos where a main video says their keywords, as one job',
        description:
          'Makes a project with one clip: the sound of the main video goes on, and where a caption says a keyword the best moments of the other video are shown for that while.',
        body: multiVideoSchema,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) =>
      reply
        .status(202)
        .send(await requestMultiVideo(serviceFor(service, request), request.profile, request.body)),
  )
}
