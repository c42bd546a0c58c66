import {
  newSegmentSchema,
  segmentChangeSchema,
  segmentPageSchema,
  segmentQuerySchema,
  segmentSchema,
} from '@cutroom/contracts'
import { segmentFile } from '../../domain/library/files.ts'
import {
  changeSegment,
  createSegment,
  deleteSegment,
  getSegment,
  listSegments,
} from '../../domain/library/segments.ts'
import { emptySchema } from '../answers.ts'
import { fileResponse, sendEntry } from '../files.ts'
import type { Routes } from '../operation.ts'
import { type AboutOne, idParam, idParams } from '../params.ts'

const tags = ['segments']

/** The segment of the path. */
const named = ({ profile, params }: AboutOne) => ({
  profileId: profile.id,
  id: idParam(params.id, 'segment'),
})

export const segmentRoutes: Routes = (app, service) => {
  app.get(
    '/segments',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listSegments',
        tags,
        summary: 'List segments, newest first',
        querystring: segmentQuerySchema,
        response: { 200: segmentPageSchema },
      },
    },
    (request) => listSegments(service, request.profile.id, request.query),
  )
  app.post(
    '/segments',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'createSegment',
        tags,
        summary: 'Mark a segment of a source',
        body: newSegmentSchema,
        response: { 201: segmentSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await createSegment(service, request.profile.id, request.body)),
  )
  app.get(
    '/segments/:id',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getSegment',
        tags,
        summary: 'Read a segment',
        params: idParams,
        response: { 200: segmentSchema },
      },
    },
    (request) => getSegment(service, named(request)),
  )
  app.patch(
    '/segments/:id',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'changeSegment',
        tags,
        summary: 'Change a segment; clips keep the cuts that they have',
        params: idParams,
        body: segmentChangeSchema,
        response: { 200: segmentSchema },
      },
    },
    (request) => changeSegment(service, named(request), request.body),
  )
  app.delete(
    '/segments/:id',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'deleteSegment',
        tags,
        summary: 'Delete a segment; clips keep the cuts that came from it',
        params: idParams,
        response: { 204: emptySchema },
      },
    },
    async (request, reply) => {
      await deleteSegment(service, named(request))
      return reply.status(204).send(null)
    },
  )
  app.get(
    '/segments/:id/stream',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'streamSegment',
        tags,
        summary: 'Play a segment',
        params: idParams,
        response: { 200: fileResponse('video/mp4', 'Cut out of the small copy of its source.') },
      },
    },
    async (request, reply) => sendEntry(request, reply, service, await segmentFile(service, named(request))),
  )
}
