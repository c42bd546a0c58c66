import {
  cleanReportSchema,
  cleanRequestSchema,
  collectReportSchema,
  collectRequestSchema,
  jobSchema,
  storageHistoryQuerySchema,
  storageHistorySchema,
  storageUsageSchema,
} from '@cutroom/contracts'
import { collectGarbage } from '../../domain/library/collect.ts'
import { storageHistory } from '../../domain/library/history.ts'
import { cleanScratch, orderSweep } from '../../domain/library/sweep.ts'
import { storageUsage } from '../../domain/library/usage.ts'
import { serviceFor } from '../idempotency.ts'
import type { Routes } from '../operation.ts'

const tags = ['storage']

export const storageRoutes: Routes = (app, service) => {
  app.get(
    '/storage',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getStorage',
        tags,
        summary: 'Say what the profile takes of the disk',
        response: { 200: storageUsageSchema },
      },
    },
    (request) => storageUsage(service, request.profile.id),
  )
  app.get(
    '/storage/history',
    {
      config: { access: 'read' },
      schema: {
        operationId: 'getStorageHistory',
        tags,
        summary: 'Say what the profile took of the disk, and what it made, day by day',
        querystring: storageHistoryQuerySchema,
        response: { 200: storageHistorySchema },
      },
    },
    (request) => storageHistory(service, request.profile.id, request.query.days),
  )
  app.post(
    '/storage/clean',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'cleanScratch',
        tags,
        summary: 'Remove what dead attempts left in the scratch of the profile',
        description: 'Work in progress is never touched, nor is anything of another profile.',
        body: cleanRequestSchema,
        response: { 200: cleanReportSchema },
      },
    },
    (request) => cleanScratch(service, request.profile.id, request.body),
  )
  app.post(
    '/storage/sweep',
    {
      config: { access: 'write', idempotent: true },
      schema: {
        operationId: 'sweepProfile',
        tags,
        summary: 'Tidy up scratch, storage and uploads of the profile, as a job',
        description:
          'What cleaning and collecting do, and uploads that have expired; of storage, what nothing has named for seven days. The server does it by itself from time to time.',
        body: cleanRequestSchema,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) =>
      reply
        .status(202)
        .send(await orderSweep(serviceFor(service, request), request.profile.id, request.body)),
  )
  app.post(
    '/storage/collect',
    {
      config: { access: 'write' },
      schema: {
        operationId: 'collectGarbage',
        tags,
        summary: 'Remove files of the profile that nothing names any more',
        body: collectRequestSchema,
        response: { 200: collectReportSchema },
      },
    },
    (request) => collectGarbage(service, request.profile.id, request.body),
  )
}
