import { z } from 'zod'

/** An answer without a body. */
export const emptySchema = z.null().describe('Done.')
