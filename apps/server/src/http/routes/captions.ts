import { createHash } from 'node:crypto'
import {
  captionStyleIdSchema,
  captionsSchema,
  clipSchema,
  clipVersionQuerySchema,
  newCaptionsSchema,
  presetIdSchema,
} from '@cutroom/contracts'
import { writeSrt, writeVtt } from '@cutroom/media'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  type BurntCaptions,
  deleteCaptions,
  getBurntCaptions,
  getCaptions,
  putCaptions,
} from '../../domain/clips/captions.ts'
import { bytesOf, disposition } from '../files.ts'
import type { App, Routes } from '../operation.ts'
import { clipPlace, idParams } from '../params.ts'
import { namesTag } from '../ranges.ts'

const tags = ['captions']

/** Captions in the formats that players read. */
const FORMATS = {
  srt: { type: 'application/x-subrip; charset=utf-8', write: writeSrt },
  vtt: { type: 'text/vtt; charset=utf-8', write: writeVtt },
} as const

const ASS_TYPE = 'text/x-ssa'

const captionsQuerySchema = z.object({
  format: z.enum(['json', 'srt', 'vtt', 'ass']).default('json'),
  presetId: presetIdSchema.optional().describe('For `ass`. Default: that of the profile.'),
  style: captionStyleIdSchema.optional().describe("For `ass`. Default: the clip's own."),
})
const fileSchema = z.string()
/** Programs and browsers name caption files in all these ways. */
const CAPTION_FILES = [
  'application/x-subrip',
  'text/srt',
  'text/vtt',
  'text/plain',
  'application/octet-stream',
]

/** Says that it has not changed where the client has it: editors ask again with every key. */
function sendAss(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, ass, fonts }: BurntCaptions,
  fontsAddress: string,
): FastifyReply {
  const tag = `"${createHash('sha256').update(ass).digest('hex')}"`
  void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' })
  if (fonts.length > 0)
    void reply.header(
      'link',
      fonts.map((file) => `<${fontsAddress}/${file}>; rel="preload"; as="font"; crossorigin`).join(', '),
    )
  if (namesTag(request.headers['if-none-match'], tag)) return reply.status(304).send()
  return reply
    .type(`${ASS_TYPE}; charset=utf-8`)
    .header('content-disposition', disposition(`${name}.ass`, 'attachment'))
    .send(ass)
}

export const captionRoutes: Routes = (app, service) => {
  app.get(
    '/clips/:id/captions',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getCaptions',
        tags,
        summary: 'Read the captions, or download them as a file',
        description:
          '`ass` is the very script that a render for the preset burns in, without events where there are no captions. The fonts that it needs, and no others, stand in `Link` headers: give them to libass.',
        params: idParams,
        querystring: captionsQuerySchema,
        response: {
          200: {
            description: 'The captions.',
            content: {
              'application/json': { schema: captionsSchema },
              'application/x-subrip': { schema: fileSchema },
              'text/vtt': { schema: fileSchema },
              [ASS_TYPE]: { schema: fileSchema },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { format, style, presetId = request.profile.defaults.preset } = request.query
      const place = clipPlace(request)
      if (format === 'ass') {
        const burnt = await getBurntCaptions(service, ...place, { presetId, style })
        return sendAss(request, reply, burnt, `${app.prefix}/fonts`)
      }
      const { name, captions } = await getCaptions(service, ...place)
      if (format === 'json') return reply.type('application/json').send(captions)
      const { type, write } = FORMATS[format]
      return reply
        .type(type)
        .header('content-disposition', disposition(`${name}.${format}`, 'attachment'))
        .send(write(captions.cues))
    },
  )
  app.put(
    '/clips/:id/captions',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'putCaptions',
        tags,
        summary: 'Replace the captions by cues, or by the text of an SRT or WebVTT file',
        params: idParams,
        body: newCaptionsSchema,
        response: { 200: clipSchema },
      },
    },
    (request) => putCaptions(service, ...clipPlace(request), request.body),
  )
  // Files come as they are: their encoding is told by their bytes.
  void app.register(async (files: App) => {
    files.addContentTypeParser(CAPTION_FILES, { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    files.withTypeProvider<ZodTypeProvider>().put(
      '/clips/:id/captions/file',
      {
        config: { access: 'write' },
        schema: {
          operationId: 'putCaptionsFile',
          tags,
          summary: 'Replace the captions by an SRT or WebVTT file',
          description: 'The bytes of the file: UTF-8, or UTF-16 with its byte order mark.',
          consumes: CAPTION_FILES,
          params: idParams,
          querystring: clipVersionQuerySchema,
          body: bytesOf('a caption file'),
          response: { 200: clipSchema },
        },
      },
      (request) =>
        putCaptions(service, ...clipPlace(request), { version: request.query.version, file: request.body }),
    )
  })
  app.delete(
    '/clips/:id/captions',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'deleteCaptions',
        tags,
        summary: 'Delete the captions',
        params: idParams,
        querystring: clipVersionQuerySchema,
        response: { 200: clipSchema },
      },
    },
    (request) => deleteCaptions(service, ...clipPlace(request), request.query.version),
  )
}
