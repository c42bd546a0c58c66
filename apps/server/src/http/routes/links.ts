import { linkSchema, newLinkSchema } from '@cutroom/contracts'
import { z } from 'zod'
import { openLink } from '../../domain/library/links.ts'
import { linkTo } from '../../domain/library/resources.ts'
import { fileResponse, sendEntry } from '../files.ts'
import type { Routes } from '../operation.ts'

const tags = ['files']

export const linkRoutes: Routes = (app, service) => {
  app.post(
    '/links',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'createLink',
        tags,
        summary: 'Make a link to a file for a player',
        description:
          'Whoever has the link can read the file until it expires, also after the key that made it was revoked.',
        body: newLinkSchema,
        response: { 201: linkSchema },
      },
    },
    async (request, reply) => reply.status(201).send(await linkTo(service, request.profile, request.body)),
  )
  app.get(
    '/files/:token',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'openLink',
        tags,
        summary: 'Read the file of a link',
        params: z.object({ token: z.string() }),
        response: { 200: fileResponse('application/octet-stream', 'The file, of its own type.') },
      },
    },
    async (request, reply) =>
      sendEntry(request, reply, service, await openLink(service, request.params.token)),
  )
}
