import { jobSchema, renderClipSchema, renderClipsSchema, renderOutcomesSchema } from '@cutroom/contracts'
import { clipFile } from '../../domain/render/files.ts'
import { orderPreview, orderRender, orderRenders } from '../../domain/render/orders.ts'
import { fileResponse, sendEntry } from '../files.ts'
import { serviceFor } from '../idempotency.ts'
import type { Routes } from '../operation.ts'
import { clipPlace, idParams } from '../params.ts'

const tags = ['renders']

export const renderRoutes: Routes = (app, service) => {
  app.post(
    '/clips/:id/preview',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'makePreview',
        tags,
        summary: 'Make preview and thumbnail of the present timeline',
        description: 'Nothing is encoded for a preview: it takes a moment, whatever the clip.',
        params: idParams,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) =>
      reply.status(202).send(await orderPreview(serviceFor(service, request), ...clipPlace(request))),
  )
  app.get(
    '/clips/:id/preview',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getPreview',
        tags,
        summary: 'Watch the preview of a clip',
        description: 'Pictures and the sound of the sources, without voice, music and captions.',
        params: idParams,
        response: { 200: fileResponse('video/mp4', 'The preview, or a range of it (206).') },
      },
    },
    async (request, reply) =>
      sendEntry(request, reply, service, await clipFile(service, ...clipPlace(request), 'preview')),
  )
  app.get(
    '/clips/:id/thumbnail',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getThumbnail',
        tags,
        summary: 'See the picture that stands for a clip',
        params: idParams,
        response: { 200: fileResponse('image/jpeg', 'The picture.') },
      },
    },
    async (request, reply) =>
      sendEntry(request, reply, service, await clipFile(service, ...clipPlace(request), 'thumbnail')),
  )
  app.post(
    '/clips/render',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'renderClips',
        tags,
        summary: 'Render many clips for many presets',
        description: 'One job for each clip and preset, or the problem why there is none.',
        body: renderClipsSchema,
        response: { 202: renderOutcomesSchema },
      },
    },
    async (request, reply) =>
      reply.status(202).send(await orderRenders(service, request.profile.id, request.body)),
  )
  app.post(
    '/clips/:id/render',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'renderClip',
        tags,
        summary: 'Render a clip for a preset',
        description:
          'The result of the job is the export. Where the clip is edited while it is rendered, the job fails with `conflict` and nothing is published. What was rendered before is found.',
        params: idParams,
        body: renderClipSchema,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const { presetId = request.profile.defaults.preset, priority } = request.body
      const order = await orderRender(serviceFor(service, request), ...clipPlace(request), {
        presetId,
        priority,
      })
      return reply.status(202).send(order)
    },
  )
}
