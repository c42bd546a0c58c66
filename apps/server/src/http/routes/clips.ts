import {
  clipChangesSchema,
  clipOutcomesSchema,
  clipPageSchema,
  clipQuerySchema,
  clipSchema,
  copyToClipSchema,
  deleteClipsSchema,
  extendClipSchema,
  newTimelineSchema,
  selectClipsSchema,
} from '@cutroom/contracts'
import {
  deleteClip,
  deleteClips,
  getClip,
  listClips,
  patchClip,
  putTimeline,
  selectClips,
} from '../../domain/clips/clips.ts'
import { copyToClip, duplicateClip } from '../../domain/clips/copy.ts'
import { extendClip } from '../../domain/clips/extend.ts'
import type { Service } from '../../domain/service.ts'
import { emptySchema } from '../answers.ts'
import type { App, Routes } from '../operation.ts'
import { clipPlace, idParams } from '../params.ts'

const tags = ['clips']

export const clipRoutes: Routes = (app, service) => {
  addClips(app, service)
  addEditing(app, service)
}

function addClips(app: App, service: Service): void {
  app.get(
    '/clips',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listClips',
        tags,
        summary: 'List clips, newest first',
        querystring: clipQuerySchema,
        response: { 200: clipPageSchema },
      },
    },
    (request) => listClips(service, request.profile.id, request.query),
  )
  app.get(
    '/clips/:id',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getClip',
        tags,
        summary: 'Read a clip',
        params: idParams,
        response: { 200: clipSchema },
      },
    },
    (request) => getClip(service, ...clipPlace(request)),
  )
  app.delete(
    '/clips/:id',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'deleteClip',
        tags,
        summary: 'Delete a clip',
        description: 'Its jobs are cancelled. Its exports stay until they are deleted themselves.',
        params: idParams,
        response: { 204: emptySchema },
      },
    },
    async (request, reply) => {
      await deleteClip(service, ...clipPlace(request))
      return reply.status(204).send(null)
    },
  )
  app.post(
    '/clips/select',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'selectClips',
        tags,
        summary: 'Select or unselect many clips',
        body: selectClipsSchema,
        response: { 200: clipOutcomesSchema },
      },
    },
    (request) => selectClips(service, request.profile.id, request.body.clipIds, request.body.selected),
  )
  app.post(
    '/clips/delete',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'deleteClips',
        tags,
        summary: 'Delete many clips',
        body: deleteClipsSchema,
        response: { 200: clipOutcomesSchema },
      },
    },
    (request) => deleteClips(service, request.profile.id, request.body.clipIds),
  )
}

function addEditing(app: App, service: Service): void {
  app.patch(
    '/clips/:id',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'changeClip',
        tags,
        summary: 'Change name, script, voice, style, sound or music',
        params: idParams,
        body: clipChangesSchema,
        response: { 200: clipSchema },
      },
    },
    (request) => patchClip(service, ...clipPlace(request), request.body),
  )
  app.put(
    '/clips/:id/timeline',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'putTimeline',
        tags,
        summary: 'Edit the timeline',
        params: idParams,
        body: newTimelineSchema,
        response: { 200: clipSchema },
      },
    },
    (request) => putTimeline(service, ...clipPlace(request), request.body),
  )
  app.post(
    '/clips/:id/extend',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'extendClip',
        tags,
        summary: "Make a clip longer with what its project's footage has left",
        params: idParams,
        body: extendClipSchema,
        response: { 200: clipSchema },
      },
    },
    (request) => extendClip(service, ...clipPlace(request), request.body),
  )
  app.post(
    '/clips/:id/copy',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'copyToClip',
        tags,
        summary: 'Copy parts of another clip into this one',
        description: '`voice` brings the voiceover along, `timeline` the preview.',
        params: idParams,
        body: copyToClipSchema,
        response: { 200: clipSchema },
      },
    },
    (request) => copyToClip(service, ...clipPlace(request), request.body),
  )
  app.post(
    '/clips/:id/duplicate',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'duplicateClip',
        tags,
        summary: 'Make another clip with the same content',
        params: idParams,
        response: { 201: clipSchema },
      },
    },
    async (request, reply) => reply.status(201).send(await duplicateClip(service, ...clipPlace(request))),
  )
}
