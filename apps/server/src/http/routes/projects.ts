import {
  generateSchema,
  jobSchema,
  newProjectSchema,
  pageQuerySchema,
  projectChangesSchema,
  projectPageSchema,
  projectSchema,
  projectSegmentsSchema,
  projectSourcesSchema,
  segmentListSchema,
} from '@cutroom/contracts'
import { z } from 'zod'
import { requestClips } from '../../domain/projects/generate.ts'
import {
  changeProject,
  createProject,
  deleteProject,
  getProject,
  listProjects,
  putSources,
} from '../../domain/projects/projects.ts'
import {
  addSegments,
  listProjectSegments,
  putSegments,
  removeSegment,
} from '../../domain/projects/segments.ts'
import { emptySchema } from '../answers.ts'
import { serviceFor } from '../idempotency.ts'
import type { Routes } from '../operation.ts'
import { type AboutOne, idParam, idParams, placeOf } from '../params.ts'

const tags = ['projects']

const projectPlace = (request: AboutOne) => placeOf(request, 'project')

export const projectRoutes: Routes = (app, service) => {
  app.get(
    '/projects',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listProjects',
        tags,
        summary: 'List projects, newest first',
        querystring: pageQuerySchema,
        response: { 200: projectPageSchema },
      },
    },
    (request) => listProjects(service, request.profile.id, request.query),
  )
  app.post(
    '/projects',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'createProject',
        tags,
        summary: 'Make a project',
        body: newProjectSchema,
        response: { 201: projectSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await createProject(service, request.profile, request.body)),
  )
  app.get(
    '/projects/:id',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getProject',
        tags,
        summary: 'Read a project',
        params: idParams,
        response: { 200: projectSchema },
      },
    },
    (request) => getProject(service, ...projectPlace(request)),
  )
  app.patch(
    '/projects/:id',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'changeProject',
        tags,
        summary: 'Change name, brief or target duration',
        params: idParams,
        body: projectChangesSchema,
        response: { 200: projectSchema },
      },
    },
    (request) => changeProject(service, ...projectPlace(request), request.body),
  )
  app.delete(
    '/projects/:id',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'deleteProject',
        tags,
        summary: 'Delete a project with its clips',
        description: 'Exports stay until they are deleted themselves.',
        params: idParams,
        response: { 204: emptySchema },
      },
    },
    async (request, reply) => {
      await deleteProject(service, ...projectPlace(request))
      return reply.status(204).send(null)
    },
  )
  app.put(
    '/projects/:id/sources',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'putProjectSources',
        tags,
        summary: 'Say which sources a project has, in which order',
        params: idParams,
        body: projectSourcesSchema,
        response: { 200: projectSchema },
      },
    },
    (request) => putSources(service, ...projectPlace(request), request.body.sourceIds),
  )
  app.get(
    '/projects/:id/segments',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listProjectSegments',
        tags,
        summary: 'List the segments of a project, in its order',
        params: idParams,
        response: { 200: segmentListSchema },
      },
    },
    async (request) => ({ items: await listProjectSegments(service, ...projectPlace(request)) }),
  )
  app.post(
    '/projects/:id/segments',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'addProjectSegments',
        tags,
        summary: 'Add segments to a project',
        description: 'Those that it has already stay where they are. A segment may be in several projects.',
        params: idParams,
        body: projectSegmentsSchema,
        response: { 200: projectSchema },
      },
    },
    (request) => addSegments(service, ...projectPlace(request), request.body.segmentIds),
  )
  app.put(
    '/projects/:id/segments',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'putProjectSegments',
        tags,
        summary: 'Say which segments a project has, in which order',
        params: idParams,
        body: projectSegmentsSchema,
        response: { 200: projectSchema },
      },
    },
    (request) => putSegments(service, ...projectPlace(request), request.body.segmentIds),
  )
  app.delete(
    '/projects/:id/segments/:segmentId',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'removeProjectSegment',
        tags,
        summary: 'Take a segment out of a project',
        description: 'Clips that show it keep it.',
        params: idParams.extend({ segmentId: z.string().describe('Id of the segment.') }),
        response: { 200: projectSchema },
      },
    },
    (request) =>
      removeSegment(service, ...projectPlace(request), idParam(request.params.segmentId, 'segment')),
  )
  app.post(
    '/projects/:id/generate',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'generateClips',
        tags,
        summary: 'Make clips of a project',
        description:
          'Clips that there are already are avoided, and their numbers go on. The result of the job is `{ clipIds }`.',
        params: idParams,
        body: generateSchema,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const [, projectId] = projectPlace(request)
      return reply
        .status(202)
        .send(await requestClips(serviceFor(service, request), request.profile, projectId, request.body))
    },
  )
}
