import { z } from 'zod'
import { idSchema, momentSchema } from './page.ts'
import { problemSchema } from './problem.ts'
import { sourceIdSchema } from './timeline.ts'

const uploadStateSchema = z
  .enum(['receiving', 'finishing', 'done', 'refused'])
  .describe(
    '`finishing`: all bytes are here and are looked at. `refused`: they are no recording that can be used; `problem` says why.',
  )

/** A file on its way in. */
export const uploadSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    sizeBytes: z.int().min(0).describe('Bytes announced.'),
    receivedBytes: z.int().min(0),
    state: uploadStateSchema,
    sourceId: sourceIdSchema.nullable().describe('The source that it became.'),
    problem: problemSchema.nullable(),
    createdAt: momentSchema,
    expiresAt: momentSchema.describe('When it is forgotten, unless more bytes come.'),
  })
  .meta({ id: 'Upload' })
export type Upload = z.infer<typeof uploadSchema>
