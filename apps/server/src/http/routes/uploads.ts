import { uploadSchema } from '@cutroom/contracts'
import { uploadAnswer } from '../../domain/library/answers.ts'
import { isWhole, uploadsOf } from '../../domain/library/uploads.ts'
import type { App, Routes } from '../operation.ts'
import { idParam, idParams } from '../params.ts'
import { tusProtocol } from '../tus.ts'

const BYTES = 'application/offset+octet-stream'

/** An answer that says everything in its headers. */
const bare = (description: string) => ({ description, content: {} })

const TUS = 'One request of the [tus protocol](https://tus.io/protocols/resumable-upload), version 1.0'

export const uploadRoutes: Routes = (app, service) => {
  void app.register(async (scope: App) => {
    const uploads = uploadsOf(service)
    const answer = tusProtocol(uploads, service.maxUploadBytes)
    // The bytes are taken out of the request by whoever answers it, whatever their type is said to be.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))

    scope.post(
      '/uploads',
      {
        config: { access: 'write' },
        schema: {
          operationId: 'createUpload',
          tags: ['uploads'],
          summary: 'Begin a resumable upload',
          description: `${TUS}: \`Upload-Length\` says how many bytes will come, \`Upload-Metadata\` has the \`filename\`, and \`Location\` of the answer is where they go. The request may carry the first bytes.`,
          consumes: [BYTES],
          response: { 201: bare('The upload has begun.') },
        },
      },
      answer,
    )
    scope.head(
      '/uploads/:id',
      {
        config: { access: 'read' },
        schema: {
          operationId: 'getUploadOffset',
          tags: ['uploads'],
          summary: 'Say how many bytes of an upload are here',
          description: `${TUS}: \`Upload-Offset\` of the answer is where to go on.`,
          params: idParams,
          response: { 200: bare('The offset is in the headers.') },
        },
      },
      answer,
    )
    scope.patch(
      '/uploads/:id',
      {
        config: { access: 'write' },
        schema: {
          operationId: 'appendToUpload',
          tags: ['uploads'],
          summary: 'Send more bytes of an upload',
          description: `${TUS}. The answer to the last bytes has \`Upload-State\` (\`done\` or \`refused\`) and \`Upload-Source-Id\`.`,
          consumes: [BYTES],
          params: idParams,
          response: { 204: bare('The bytes are here.') },
        },
      },
      answer,
    )
    scope.delete(
      '/uploads/:id',
      {
        config: { access: 'write' },
        schema: {
          operationId: 'deleteUpload',
          tags: ['uploads'],
          summary: 'Give up an upload',
          description: `${TUS}. A source that the upload became stays.`,
          params: idParams,
          response: { 204: bare('The upload is gone.') },
        },
      },
      answer,
    )
    scope.options(
      '/uploads',
      {
        config: { access: 'read' },
        schema: {
          operationId: 'getUploadCapabilities',
          tags: ['uploads'],
          summary: 'Say what this server understands of the tus protocol',
          response: { 204: bare('The headers say it.') },
        },
      },
      answer,
    )
    scope.get(
      '/uploads/:id',
      {
        exposeHeadRoute: false,
        config: { access: 'read' },
        schema: {
          operationId: 'getUpload',
          tags: ['uploads'],
          summary: 'Say how far an upload is and what became of it',
          params: idParams,
          response: { 200: uploadSchema },
        },
      },
      async (request) => {
        const key = { profileId: request.profile.id, id: idParam(request.params.id, 'upload') }
        const { row, receivedBytes } = await uploads.find(key)
        // Where the process that received the last bytes ended too early, this one goes on.
        if (isWhole(row))
          uploads
            .finish(key)
            .catch((err: unknown) => request.log.warn({ err }, 'An upload is not finished yet.'))
        return uploadAnswer(row, receivedBytes)
      },
    )
  })
}
