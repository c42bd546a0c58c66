import { jobListQuerySchema, jobPageSchema, jobSchema } from '@cutroom/contracts'
import { cancelJob, getJob, listJobs, retryJob } from '../../domain/jobs.ts'
import type { Routes } from '../operation.ts'
import { type AboutOne, idParam, idParams } from '../params.ts'

const tags = ['jobs']

/** The job of a path, for the request's profile. Throws `not-found` for what is no id. */
const keyOf = ({ profile, params }: AboutOne) => ({ profileId: profile.id, jobId: idParam(params.id, 'job') })

export const jobRoutes: Routes = (app, service) => {
  app.get(
    '/jobs',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'listJobs',
        tags,
        summary: 'List jobs, newest first',
        querystring: jobListQuerySchema,
        response: { 200: jobPageSchema },
      },
    },
    (request) => listJobs(service, request.profile.id, request.query),
  )
  app.get(
    '/jobs/:id',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getJob',
        tags,
        summary: 'Read a job and how far it is',
        params: idParams,
        response: { 200: jobSchema },
      },
    },
    (request) => getJob(service, keyOf(request)),
  )
  app.post(
    '/jobs/:id/cancel',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'cancelJob',
        tags,
        summary: 'Cancel a job',
        description:
          'A waiting job is cancelled at once; a running one when it has stopped, within two seconds.',
        params: idParams,
        response: { 200: jobSchema },
      },
    },
    (request) => cancelJob(service, keyOf(request)),
  )
  app.post(
    '/jobs/:id/retry',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'retryJob',
        tags,
        summary: 'Try a job that failed or was cancelled once more',
        description: 'What its finished stages have made is found again.',
        params: idParams,
        response: { 200: jobSchema },
      },
    },
    (request) => retryJob(service, keyOf(request)),
  )
}
