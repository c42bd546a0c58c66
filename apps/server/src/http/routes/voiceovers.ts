import {
  clipSchema,
  clipVersionQuerySchema,
  jobSchema,
  recordedVoiceSchema,
  voiceListSchema,
  voiceoversSchema,
  voiceQuoteRequestSchema,
  voiceQuoteSchema,
  voiceSpendingSchema,
} from '@cutroom/contracts'
import { z } from 'zod'
import { clipFile } from '../../domain/render/files.ts'
import { orderRecording, orderVoiceover, orderVoiceovers } from '../../domain/render/orders.ts'
import { spendingOfMonth } from '../../domain/render/purse.ts'
import { listVoices, quoteVoice, removeVoiceover, voiceSample } from '../../domain/render/voices.ts'
import { fileResponse, sendEntry } from '../files.ts'
import { serviceFor } from '../idempotency.ts'
import type { Routes } from '../operation.ts'
import { clipPlace, idParams } from '../params.ts'

const tags = ['voices']

export const voiceoverRoutes: Routes = (app, service) => {
  app.get(
    '/voices',
    {
      config: { access: 'read', scope: 'studio' },
      schema: {
        operationId: 'listVoices',
        tags,
        summary: 'List the voices that can speak a script',
        response: { 200: voiceListSchema },
      },
    },
    async () => ({ items: await listVoices(service) }),
  )
  app.post(
    '/voices/quote',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'quoteVoice',
        tags,
        summary: 'Ask what it would cost to have a text spoken, and how long it would be',
        description: 'Nothing is bought or changed.',
        body: voiceQuoteRequestSchema,
        response: { 200: voiceQuoteSchema },
      },
    },
    (request) => {
      const { text, voice = request.profile.defaults.voice } = request.body
      return quoteVoice(service, request.profile.id, { text, voice })
    },
  )
  app.get(
    '/voices/spending',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getVoiceSpending',
        tags,
        summary: 'Say what voices have cost this month, and what they may',
        response: { 200: voiceSpendingSchema },
      },
    },
    ({ profile }) => service.db.ofProfile(profile.id, (tx) => spendingOfMonth(tx, profile.id)),
  )
  app.get(
    '/voices/:voiceId/sample',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getVoiceSample',
        tags,
        summary: 'Listen to a short sentence of a voice, in its language',
        description:
          'Made when it is first asked for. A voice that costs money and has no free sample is answered with `conflict`: nothing is bought.',
        params: z.object({ voiceId: z.string().describe('Id of the voice: `espeak:en-us`.') }),
        response: { 200: fileResponse('audio/wav', 'The sound, or a range of it (206).') },
      },
    },
    async (request, reply) =>
      sendEntry(
        request,
        reply,
        service,
        await voiceSample(service, request.profile.id, request.params.voiceId),
      ),
  )
  app.post(
    '/clips/voiceover',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'makeVoiceovers',
        tags,
        summary: 'Give many clips a voice, as one job',
        description:
          'The result of the job says of each clip what came of it: one that fails does not stop the others. The same words of the same voice are spoken once.',
        body: voiceoversSchema,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) =>
      reply
        .status(202)
        .send(await orderVoiceovers(serviceFor(service, request), request.profile.id, request.body)),
  )
  app.post(
    '/clips/:id/voiceover',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'makeVoiceover',
        tags,
        summary: 'Have the script of a clip spoken by its voice',
        description:
          'The timeline is fitted to the voice, and captions follow it unless a person wrote them. Where script or voice are changed before it is done, the job fails with `conflict` and the clip stays as it is.',
        params: idParams,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) =>
      reply.status(202).send(await orderVoiceover(serviceFor(service, request), ...clipPlace(request))),
  )
  app.put(
    '/clips/:id/voiceover',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'putVoiceover',
        tags,
        summary: 'Take the sound of a source as the voice of a clip',
        description:
          'The timeline is fitted to the recording; the script of the clip, where it has one, is laid over it as captions.',
        params: idParams,
        body: recordedVoiceSchema,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) =>
      reply
        .status(202)
        .send(await orderRecording(serviceFor(service, request), ...clipPlace(request), request.body)),
  )
  app.delete(
    '/clips/:id/voiceover',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'deleteVoiceover',
        tags,
        summary: 'Take the voice out of a clip',
        description: 'Captions that came with it go, too. The timeline stays.',
        params: idParams,
        querystring: clipVersionQuerySchema,
        response: { 200: clipSchema },
      },
    },
    (request) => removeVoiceover(service, ...clipPlace(request), request.query.version),
  )
  app.get(
    '/clips/:id/voiceover',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getVoiceover',
        tags,
        summary: 'Listen to the voice of a clip',
        params: idParams,
        response: {
          200: fileResponse(
            'audio/wav',
            'The sound, or a range of it (206). A recording is sent as it was uploaded.',
          ),
        },
      },
    },
    async (request, reply) =>
      sendEntry(request, reply, service, await clipFile(service, ...clipPlace(request), 'voiceover')),
  )
}
