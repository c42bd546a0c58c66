import { playbackQuerySchema, playbackSchema } from '@cutroom/contracts'
import { getPlayback } from '../../domain/render/playback.ts'
import type { Routes } from '../operation.ts'
import { clipPlace, idParams } from '../params.ts'

export const playbackRoutes: Routes = (app, service) => {
  app.get(
    '/clips/:id/playback',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getPlayback',
        tags: ['clips'],
        summary: 'Read what a player needs to show a clip as a render for a preset shows it',
        description: 'Its captions are `GET /clips/{id}/captions?format=ass` of the same preset.',
        params: idParams,
        querystring: playbackQuerySchema,
        response: { 200: playbackSchema },
      },
    },
    (request) => {
      const { presetId = request.profile.defaults.preset } = request.query
      return getPlayback(service, ...clipPlace(request), presetId)
    },
  )
}
