import { z } from 'zod'

/** What every list takes: how many, and where the last page ended. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional().describe('`nextCursor` of the page before; opaque.'),
})
export type PageQuery = z.infer<typeof pageQuerySchema>

/** A page of a list, newest first. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** A moment in UTC, ISO 8601 with milliseconds. */
export const momentSchema = z.iso.datetime()
export const idSchema = z.uuid().toLowerCase()
