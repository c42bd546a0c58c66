import { Readable } from 'node:stream'
import { CutroomError, problemOf } from '@cutroom/contracts'
import { DataStore, MemoryLocker, Server, Upload } from '@tus/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { UPLOAD_SECONDS, type Uploads } from '../domain/library/uploads.ts'
import { PROBLEM_TYPE } from './problems.ts'
import { refusalOf } from './tus-refusals.ts'

/** Where uploads are found. */
export const UPLOADS_PATH = '/api/v1/uploads'

/** What the answer to the last bytes says of the upload. */
const RESULT_HEADERS = { state: 'upload-state', source: 'upload-source-id' } as const

/** The uploads of one profile, as the tus protocol wants them. */
class ProfileUploads extends DataStore {
  readonly #uploads: Uploads
  readonly #profileId: string

  constructor(uploads: Uploads, profileId: string) {
    super()
    this.#uploads = uploads
    this.#profileId = profileId
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration']
  }

  #key(id: string) {
    return { profileId: this.#profileId, id }
  }

  /** The id is decided here, not by the protocol: the row of the upload has it. */
  override async create(upload: Upload): Promise<Upload> {
    const { metadata, size } = upload
    const row = await this.#uploads.begin(this.#profileId, {
      name: metadata?.filename ?? metadata?.name,
      sizeBytes: size ?? 0,
      resumable: true,
    })
    upload.id = row.id
    return upload
  }

  override async getUpload(id: string): Promise<Upload> {
    const { row, receivedBytes } = await this.#uploads.find(this.#key(id))
    if (!row.resumable) throw new CutroomError('not-found', 'There is no upload of that id.')
    return new Upload({
      id,
      size: row.sizeBytes,
      offset: receivedBytes,
      metadata: { filename: row.name },
      // The protocol counts the time to live from here, we count it from the last byte.
      creation_date: new Date(row.expiresAt.getTime() - UPLOAD_SECONDS * 1000).toISOString(),
    })
  }

  override write(chunks: Readable, id: string, offset: number): Promise<number> {
    return this.#uploads.receive(this.#key(id), offset, chunks)
  }

  override remove(id: string): Promise<void> {
    return this.#uploads.remove(this.#key(id))
  }

  override getExpiration(): number {
    return UPLOAD_SECONDS * 1000
  }
}

/** Answers requests of the tus protocol (version 1.0) for the uploads of the profile that the request is about. */
export function tusProtocol(uploads: Uploads, maxUploadBytes: number) {
  /** Two requests must not write the same upload; one instance, because it knows who does. */
  const locks = new MemoryLocker()

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const profileId = request.profile.id
    let thrown: unknown
    const server = new Server({
      path: UPLOADS_PATH,
      datastore: new ProfileUploads(uploads, profileId),
      // A lock is taken before the upload is looked up, and ends the request that has it: another profile's must not be the same one.
      locker: { newLock: (id) => locks.newLock(`${profileId}/${id}`) },
      maxSize: maxUploadBytes,
      generateUrl: (_request, { path, id }) => `${path}/${id}`,
      onUploadFinish: async (_request, { id }) => {
        const { source } = await uploads.finish({ profileId, id })
        const state = source.state === 'refused' ? 'refused' : 'done'
        return { headers: { [RESULT_HEADERS.state]: state, [RESULT_HEADERS.source]: source.id } }
      },
      onResponseError: (_request, error) => {
        thrown = error
        return undefined
      },
    })
    const answer = await server.handleWeb(webRequest(request))
    const text = await answer.text()
    if (answer.status >= 400) return fail(reply, answer.status, text, thrown)
    for (const [name, value] of answer.headers) {
      // Which pages may read the answer is not for the protocol to say.
      if (!name.startsWith('access-control-')) void reply.header(name, value)
    }
    return reply.status(answer.status).send(request.method === 'HEAD' ? Readable.from([]) : text)
  }
}

function webRequest({
  raw,
  method,
  url,
}: FastifyRequest): ConstructorParameters<typeof Request>[0] & Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(raw.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const body = method === 'POST' || method === 'PATCH' ? Readable.toWeb(raw) : null
  return new Request(new URL(url, 'http://localhost'), {
    method,
    headers,
    ...(body !== null && { body: body as ReadableStream, duplex: 'half' }),
  })
}

/** Our own errors as they are; those of the protocol as a problem with the status that clients of the protocol act on. */
function fail(reply: FastifyReply, answered: number, text: string, thrown: unknown): FastifyReply {
  if (thrown instanceof CutroomError) throw thrown
  const refusal = refusalOf(answered, text, thrown)
  if (refusal === null) throw thrown instanceof Error ? thrown : new Error(text)
  const { status, error } = refusal
  return reply
    .status(status)
    .header('tus-version', '1.0.0')
    .header('tus-resumable', '1.0.0')
    .type(PROBLEM_TYPE)
    .send(JSON.stringify({ ...problemOf(error), status, requestId: reply.request.id }))
}
