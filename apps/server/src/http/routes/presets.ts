import { listedPresetSchema, presetListSchema, presetSchema } from '@cutroom/contracts'
import { z } from 'zod'
import { createPreset, deletePreset, listPresets, replacePreset } from '../../domain/presets/presets.ts'
import { emptySchema } from '../answers.ts'
import type { Routes } from '../operation.ts'

const tags = ['presets']
const params = z.object({ presetId: z.string().describe('Id of the preset.') })

export const presetRoutes: Routes = (app, service) => {
  app.get(
    '/presets',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listPresets',
        tags,
        summary: "List the presets that come with Cutroom and the profile's own",
        response: { 200: presetListSchema },
      },
    },
    async (request) => ({ items: await listPresets(service, request.profile.id) }),
  )
  app.post(
    '/presets',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'createPreset',
        tags,
        summary: 'Make a preset',
        body: presetSchema,
        response: { 201: listedPresetSchema },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await createPreset(service, request.profile.id, request.body)),
  )
  app.put(
    '/presets/:presetId',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'replacePreset',
        tags,
        summary: "Replace a preset of the profile's own",
        params,
        body: presetSchema.omit({ id: true }).meta({ id: 'PresetContent' }),
        response: { 200: listedPresetSchema },
      },
    },
    (request) => replacePreset(service, request.profile.id, request.params.presetId, request.body),
  )
  app.delete(
    '/presets/:presetId',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'deletePreset',
        tags,
        summary: "Delete a preset of the profile's own",
        params,
        response: { 204: emptySchema },
      },
    },
    async (request, reply) => {
      await deletePreset(service, request.profile, request.params.presetId)
      return reply.status(204).send(null)
    },
  )
}
