import {
  exportArchiveQuerySchema,
  exportPageSchema,
  exportQuerySchema,
  exportSchema,
} from '@cutroom/contracts'
import { exportArchive } from '../../domain/render/archive.ts'
import { deleteExport, exportFile, getExport, listExports } from '../../domain/render/exports.ts'
import { emptySchema } from '../answers.ts'
import { fileResponse, sendArchive, sendEntry } from '../files.ts'
import type { Routes } from '../operation.ts'
import { type AboutOne, idParams, placeOf } from '../params.ts'

const tags = ['exports']

const exportPlace = (request: AboutOne) => placeOf(request, 'export')

export const exportRoutes: Routes = (app, service) => {
  app.get(
    '/exports',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listExports',
        tags,
        summary: 'List exports, newest first',
        querystring: exportQuerySchema,
        response: { 200: exportPageSchema },
      },
    },
    (request) => listExports(service, request.profile.id, request.query),
  )
  app.get(
    '/exports/archive',
    {
      config: { access: 'read' },
      // One `id` alone is parsed as text.
      preValidation: async ({ query }) => {
        const named = query as { id?: unknown }
        if (typeof named.id === 'string') named.id = [named.id]
      },
      schema: {
        operationId: 'getExportArchive',
        tags,
        summary: 'Download many finished files as one',
        description: 'The files as they are, named like the exports; names that meet are numbered.',
        querystring: exportArchiveQuerySchema,
        response: { 200: fileResponse('application/zip', 'A zip, with the length that it will have.') },
      },
    },
    async (request, reply) =>
      sendArchive(request, reply, await exportArchive(service, request.profile.id, request.query)),
  )
  app.get(
    '/exports/:id',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getExport',
        tags,
        summary: 'Read an export, and whether its clip has changed since',
        params: idParams,
        response: { 200: exportSchema },
      },
    },
    (request) => getExport(service, ...exportPlace(request)),
  )
  app.delete(
    '/exports/:id',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'deleteExport',
        tags,
        summary: 'Delete an export and its file',
        params: idParams,
        response: { 204: emptySchema },
      },
    },
    async (request, reply) => {
      await deleteExport(service, ...exportPlace(request))
      return reply.status(204).send(null)
    },
  )
  app.get(
    '/exports/:id/file',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getExportFile',
        tags,
        summary: 'Download a finished file',
        params: idParams,
        response: { 200: fileResponse('video/mp4', 'The file, or a range of it (206).') },
      },
    },
    async (request, reply) =>
      sendEntry(request, reply, service, await exportFile(service, ...exportPlace(request))),
  )
}
