import { newProfileSchema, profileChangeSchema, profileSchema, profilesSchema } from '@cutroom/contracts'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import {
  changeProfile,
  createProfile,
  deleteProfile,
  setDefaultProfile,
} from '../../domain/profiles/change.ts'
import { LOGO_FILE, LOGO_MAX_BYTES, logoOf, removeLogo, setLogo } from '../../domain/profiles/logo.ts'
import { answerOf, listProfiles } from '../../domain/profiles/profiles.ts'
import { emptySchema } from '../answers.ts'
import { bytesOf, fileResponse, sendEntry } from '../files.ts'
import type { Routes } from '../operation.ts'
import { idParams } from '../params.ts'

const tags = ['profiles']
const PICTURES = ['image/png', 'image/jpeg', 'image/webp']

export const profileRoutes: Routes = (app, service) => {
  app.get(
    '/profiles',
    {
      config: { access: 'read', scope: 'studio' },
      schema: {
        operationId: 'listProfiles',
        tags,
        summary: 'List the profiles that you reach, the one first that is taken where a request names none',
        response: { 200: profilesSchema },
      },
    },
    (request) => listProfiles(service, request.caller),
  )

  app.post(
    '/profiles',
    {
      config: { access: 'owner', scope: 'studio' },
      schema: {
        operationId: 'createProfile',
        tags,
        summary: 'Make a profile',
        body: newProfileSchema,
        response: { 201: profileSchema },
      },
    },
    async (request, reply) => reply.status(201).send(await createProfile(service, request.body)),
  )

  app.get(
    '/profiles/:id',
    {
      config: { access: 'read', scope: 'path' },
      schema: {
        operationId: 'getProfile',
        tags,
        summary: 'Read a profile',
        params: idParams,
        response: { 200: profileSchema },
      },
    },
    async (request) => answerOf(request.profile),
  )

  app.patch(
    '/profiles/:id',
    {
      config: { access: 'write', scope: 'path' },
      schema: {
        operationId: 'changeProfile',
        tags,
        summary: 'Change a profile',
        description: 'What is not named stays as it is. Limits are for owners.',
        params: idParams,
        body: profileChangeSchema,
        response: { 200: profileSchema },
      },
    },
    async (request) => changeProfile(service, request.caller, request.profile.id, request.body),
  )

  app.delete(
    '/profiles/:id',
    {
      config: { access: 'owner', scope: 'path' },
      schema: {
        operationId: 'deleteProfile',
        tags,
        summary: 'Delete a profile with everything that is its own',
        description:
          'It is gone at once; its jobs are cancelled, and its rows, files and scratch are removed when they have stopped. The default profile cannot be deleted.',
        params: idParams,
        response: { 204: emptySchema },
      },
    },
    async (request, reply) => {
      await deleteProfile(service, request.profile.id)
      return reply.status(204).send(null)
    },
  )

  app.post(
    '/profiles/:id/default',
    {
      config: { access: 'owner', scope: 'path' },
      schema: {
        operationId: 'setDefaultProfile',
        tags,
        summary: 'Take a profile where a request names none',
        params: idParams,
        response: { 200: profileSchema },
      },
    },
    async (request) => setDefaultProfile(service, request.profile.id),
  )

  app.get(
    '/profiles/:id/logo',
    {
      config: { access: 'read', scope: 'path' },
      schema: {
        operationId: 'getProfileLogo',
        tags,
        summary: 'The logo of a profile, 512×512 pixels',
        params: idParams,
        response: { 200: fileResponse('image/png', 'The picture.') },
      },
    },
    async (request, reply) =>
      sendEntry(request, reply, service, {
        key: logoOf(request.profile),
        name: LOGO_FILE,
        contentType: 'image/png',
      }),
  )

  // Pictures come as they are.
  app.register(async (pictures) => {
    pictures.addContentTypeParser(PICTURES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    pictures.withTypeProvider<ZodTypeProvider>().put(
      '/profiles/:id/logo',
      {
        bodyLimit: LOGO_MAX_BYTES,
        config: { access: 'write', scope: 'path' },
        schema: {
          operationId: 'setProfileLogo',
          tags,
          summary: 'Give a profile a logo',
          description: 'A PNG, JPEG or WebP picture of at most 2 MiB; it is scaled into 512×512 pixels.',
          consumes: PICTURES,
          params: idParams,
          body: bytesOf('a picture'),
          response: { 200: profileSchema },
        },
      },
      async (request) => setLogo(service, request.profile.id, request.body),
    )
  })

  app.delete(
    '/profiles/:id/logo',
    {
      config: { access: 'write', scope: 'path' },
      schema: {
        operationId: 'removeProfileLogo',
        tags,
        summary: 'Take the logo of a profile away',
        params: idParams,
        response: { 200: profileSchema },
      },
    },
    async (request) => removeLogo(service, request.profile.id),
  )
}
