import { fontListSchema } from '@cutroom/contracts'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { fontBytes, listFonts } from '../../domain/render/fonts.ts'
import { fileResponse } from '../files.ts'
import type { Routes } from '../operation.ts'

const tags = ['captions']

/** What has another content has another name. */
const sendFont = (reply: FastifyReply, bytes: Buffer): FastifyReply =>
  reply.type('font/woff').header('cache-control', 'public, max-age=31536000, immutable').send(bytes)

/** Free fonts that come with Cutroom: nothing of anybody, so anybody may have them. */
export const fontRoutes: Routes = (app) => {
  app.get(
    '/fonts',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'listFonts',
        tags,
        summary: 'List the fonts that captions are drawn with',
        response: { 200: fontListSchema },
      },
    },
    () => listFonts(),
  )
  app.get(
    '/fonts/:file',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getFont',
        tags,
        summary: 'Read a font file, the very one that a render draws with',
        params: z.object({ file: z.string().describe('Its name, as the list or a `Link` header has it.') }),
        response: { 200: fileResponse('font/woff', 'The file.') },
      },
    },
    async (request, reply) => sendFont(reply, await fontBytes(request.params.file)),
  )
}
