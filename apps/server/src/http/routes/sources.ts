import {
  CutroomError,
  errorOfProblem,
  jobSchema,
  sourceChangeSchema,
  sourceDetailsSchema,
  sourceFeaturesSchema,
  sourcePageSchema,
  sourceQuerySchema,
  sourceSchema,
} from '@cutroom/contracts'
import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sourceAnswer } from '../../domain/library/answers.ts'
import { orderDemo } from '../../domain/library/demo.ts'
import { type IngestFile, ingestFile, sourceFile } from '../../domain/library/files.ts'
import {
  deleteSource,
  getSource,
  ingestAgain,
  listSources,
  renameSource,
} from '../../domain/library/sources.ts'
import { uploadsOf } from '../../domain/library/uploads.ts'
import type { Service } from '../../domain/service.ts'
import { emptySchema } from '../answers.ts'
import { fileResponse, sendEntry } from '../files.ts'
import { serviceFor } from '../idempotency.ts'
import type { App, Routes } from '../operation.ts'
import { type AboutOne, idParams, sourceIdParam } from '../params.ts'

const tags = ['sources']

/** The source of the path. */
const named = ({ profile, params }: AboutOne) => ({ profileId: profile.id, id: sourceIdParam(params.id) })

export const sourceRoutes: Routes = (app, service) => {
  app.get(
    '/sources',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listSources',
        tags,
        summary: 'List sources, newest first',
        querystring: sourceQuerySchema,
        response: { 200: sourcePageSchema },
      },
    },
    (request) => listSources(service, request.profile.id, request.query),
  )
  void app.register((scope: App) => addUpload(scope, service))
  app.post(
    '/sources/demo',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'createDemoSources',
        tags,
        summary: 'Draw footage to try the studio with',
        description:
          'It becomes sources like uploads do, and their ingest is queued; what the profile has already is found. The result of the job is `{ sourceIds }`.',
        response: { 202: jobSchema },
      },
    },
    async (request, reply) =>
      reply.status(202).send(await orderDemo(serviceFor(service, request), request.profile.id)),
  )
  app.get(
    '/sources/:id',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getSource',
        tags,
        summary: 'Read a source',
        params: idParams,
        response: { 200: sourceDetailsSchema },
      },
    },
    (request) => getSource(service, named(request)),
  )
  app.patch(
    '/sources/:id',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'changeSource',
        tags,
        summary: 'Give a source another name',
        params: idParams,
        body: sourceChangeSchema,
        response: { 200: sourceSchema },
      },
    },
    (request) => renameSource(service, named(request), request.body),
  )
  app.delete(
    '/sources/:id',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'deleteSource',
        tags,
        summary: 'Delete a source that no clip uses, with its segments',
        params: idParams,
        response: { 204: emptySchema },
      },
    },
    async (request, reply) => {
      await deleteSource(service, named(request))
      return reply.status(204).send(null)
    },
  )
  app.post(
    '/sources/:id/ingest',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'ingestSource',
        tags,
        summary: 'Ingest a source again',
        params: idParams,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => reply.status(202).send(await ingestAgain(service, named(request))),
  )
  app.get(
    '/sources/:id/file',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getSourceFile',
        tags,
        summary: 'Download a source as it was uploaded',
        params: idParams,
        response: { 200: fileResponse('application/octet-stream', 'The bytes, or a range of them (206).') },
      },
    },
    async (request, reply) => sendEntry(request, reply, service, await sourceFile(service, named(request))),
  )
  addIngestFiles(app, service)
}

/** A source in one request: the file of a form. */
async function addUpload(scope: App, service: Service): Promise<void> {
  // How large a file may be is decided as it arrives.
  await scope.register(multipart, {
    limits: { files: 1, fields: 10, parts: 11, fileSize: Number.MAX_SAFE_INTEGER },
  })
  const formSchema = z.object({ file: z.string().meta({ format: 'binary' }) }).meta({ id: 'SourceForm' })
  scope.post(
    '/sources',
    {
      config: { access: 'write' },
      // The form is read as it arrives, not before.
      validatorCompiler: () => () => true,
      schema: {
        operationId: 'createSource',
        tags,
        summary: 'Upload a source in one request',
        description:
          'Its ingest is queued where it has moving pictures. The same bytes twice are one source (200). A file that cannot be used is kept, and refused with 422; `details.sourceId` is where it is kept. Large files are better sent by `POST /uploads`, which can be gone on with.',
        consumes: ['multipart/form-data'],
        body: formSchema,
        response: { 200: sourceSchema, 201: sourceSchema },
      },
    },
    async (request, reply) => {
      const part = request.isMultipart() ? await request.file() : undefined
      if (part === undefined)
        throw new CutroomError('field-invalid', 'The request holds no file.', {
          field: 'file',
          remedy: 'Send a form (multipart/form-data) with the file in the field `file`.',
        })
      try {
        return await receiveSource(service, request, reply, part)
      } catch (error) {
        stopReceiving(request, reply)
        throw error
      }
    },
  )
}

/** What was not wanted is neither kept nor waited for: the sender hears the answer, and then the connection ends. */
function stopReceiving({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.readableEnded) return
  void reply.header('connection', 'close')
  raw.unpipe().resume()
}

/** Forms write these three so, and only these (HTML, "multipart/form-data encoding algorithm"). */
const formName = (name: string): string =>
  name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n')

/** Bytes of an upload that did not say how many there are for which room is taken at first. */
const FIRST_BYTES = 2 ** 20

async function receiveSource(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  part: { readonly filename: string; readonly file: AsyncIterable<Uint8Array> },
): Promise<FastifyReply> {
  const uploads = uploadsOf(service)
  const announced = Number(request.headers['content-length'] ?? FIRST_BYTES)
  const upload = await uploads.begin(request.profile.id, {
    name: formName(part.filename),
    // The form around the file is a little more than the file.
    sizeBytes: Math.min(announced, service.maxUploadBytes),
    resumable: false,
  })
  try {
    await uploads.receiveAll(upload, part.file)
    const { source, isNew } = await uploads.finish(upload)
    const { problem } = source
    if (problem === null) return reply.status(isNew ? 201 : 200).send(sourceAnswer(source))
    throw errorOfProblem({ ...problem, details: { ...problem.details, sourceId: source.id } })
  } finally {
    await uploads.remove(upload)
  }
}

const DESCRIBED: Readonly<
  Record<IngestFile, { readonly id: string; readonly summary: string; readonly response: object }>
> = {
  proxy: {
    id: 'getSourceProxy',
    summary: 'Play a small copy of a source',
    response: fileResponse('video/mp4', 'H.264, at most 540 lines, every picture a key frame.'),
  },
  filmstrip: {
    id: 'getSourceFilmstrip',
    summary: 'Show the pictures of a source at a glance',
    response: fileResponse(
      'image/jpeg',
      'A grid of pictures; `summary.filmstrip` of the source says how to read it.',
    ),
  },
  waveform: {
    id: 'getSourceWaveform',
    summary: 'Draw the sound of a source',
    response: fileResponse(
      'application/octet-stream',
      'Signed bytes, -127 to 127: the lowest and the highest value of each peak in turn, `summary.peaksPerSecond` peaks a second.',
    ),
  },
  features: {
    id: 'getSourceFeatures',
    summary: 'Draw what was measured of a source',
    response: {
      description: 'One value per sample; what is not worth showing, and why.',
      content: { 'application/json': { schema: sourceFeaturesSchema } },
    },
  },
}

function addIngestFiles(app: App, service: Service): void {
  for (const [what, { id, summary, response }] of Object.entries(DESCRIBED)) {
    app.get(
      `/sources/:id/${what}`,
      {
        config: { access: 'read' },
        schema: { operationId: id, tags, summary, params: idParams, response: { 200: response } },
      },
      async (request: FastifyRequest<{ Params: { id: string } }>, reply) =>
        sendEntry(request, reply, service, await ingestFile(service, named(request), what as IngestFile)),
    )
  }
}
