import { sweepProfile } from '../../domain/library/sweep.ts'
import type { Handler } from '../handler.ts'

export const sweep: Handler<'sweep'> = (job, request) =>
  sweepProfile(job.service, job.profile.id, request, job.signal)
