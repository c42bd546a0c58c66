import { makeOneShot } from '../../domain/render/one-shot.ts'
import type { Handler } from '../handler.ts'

/** Videos in, finished clips out. */
export const oneShot: Handler<'one-shot'> = (job, payload) => makeOneShot(job, payload)
