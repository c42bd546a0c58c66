import { z } from 'zod'
import { idSchema, momentSchema } from './page.ts'

export const newKeySchema = z
  .strictObject({
    name: z.string().trim().min(1).max(100).describe('For people: where the key is used.'),
    access: z.enum(['read', 'write']),
    profileIds: z
      .array(idSchema)
      .min(1)
      .max(1000)
      .nullable()
      .describe('The profiles that it reaches; `null`: all, those to come included.'),
  })
  .meta({ id: 'NewKey' })

/** A program's way in. */
export const keySchema = z
  .object({
    id: idSchema,
    name: z.string(),
    hint: z.string().describe('Its first characters.'),
    access: z.enum(['read', 'write']),
    profileIds: z.array(idSchema).nullable(),
    createdAt: momentSchema,
    lastUsedAt: momentSchema.nullable().describe('To the minute.'),
    revokedAt: momentSchema.nullable(),
  })
  .meta({ id: 'Key' })
export type Key = z.infer<typeof keySchema>

export const keysSchema = z.object({ items: z.array(keySchema) }).meta({ id: 'Keys' })

export const createdKeySchema = keySchema
  .extend({ secret: z.string().describe('Shown this once; only its hash is kept.') })
  .meta({ id: 'CreatedKey' })
