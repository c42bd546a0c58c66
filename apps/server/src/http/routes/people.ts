import {
  createdInvitationSchema,
  invitationsSchema,
  newInvitationSchema,
  peopleSchema,
  personChangeSchema,
  personSchema,
} from '@cutroom/contracts'
import { invite, listInvitations, withdrawInvitation } from '../../domain/people/links.ts'
import { changePerson, deletePerson, listPeople } from '../../domain/people/people.ts'
import { emptySchema } from '../answers.ts'
import type { Routes } from '../operation.ts'
import { idParam, idParams } from '../params.ts'

const tags = ['people']
const config = { access: 'owner-in-person', scope: 'studio' } as const

export const peopleRoutes: Routes = (app, { db }) => {
  app.get(
    '/people',
    {
      config,
      schema: {
        operationId: 'listPeople',
        tags,
        summary: 'List everybody who can sign in',
        response: { 200: peopleSchema },
      },
    },
    () => listPeople(db),
  )

  app.patch(
    '/people/:id',
    {
      config,
      schema: {
        operationId: 'changePerson',
        tags,
        summary: 'Change what somebody may do',
        description:
          'Somebody who is made a member loses the keys that they made as an owner. The last owner stays one.',
        params: idParams,
        body: personChangeSchema,
        response: { 200: personSchema },
      },
    },
    (request) => changePerson(db, idParam(request.params.id, 'person'), request.body),
  )

  app.delete(
    '/people/:id',
    {
      config,
      schema: {
        operationId: 'deletePerson',
        tags,
        summary: 'Remove somebody with their sessions and keys',
        params: idParams,
        response: { 204: emptySchema },
      },
    },
    async (request, reply) => {
      await deletePerson(db, idParam(request.params.id, 'person'))
      return reply.status(204).send(null)
    },
  )

  app.get(
    '/people/invitations',
    {
      config,
      schema: {
        operationId: 'listInvitations',
        tags,
        summary: 'List the invitations that can still be taken up',
        response: { 200: invitationsSchema },
      },
    },
    () => listInvitations(db),
  )

  app.post(
    '/people/invitations',
    {
      config,
      schema: {
        operationId: 'invite',
        tags,
        summary: 'Invite somebody',
        description:
          'The token of the answer is shown this once. Whoever has it can sign up with it, once, within 7 days.',
        body: newInvitationSchema,
        response: { 201: createdInvitationSchema },
      },
    },
    async (request, reply) => reply.status(201).send(await invite(db, request.body)),
  )

  app.delete(
    '/people/invitations/:id',
    {
      config,
      schema: {
        operationId: 'withdrawInvitation',
        tags,
        summary: 'Withdraw an invitation',
        params: idParams,
        response: { 204: emptySchema },
      },
    },
    async (request, reply) => {
      await withdrawInvitation(db, idParam(request.params.id, 'invitation'))
      return reply.status(204).send(null)
    },
  )
}
