import { z } from 'zod'

/** SHA-256 of a source's bytes, in lower-case hex: the identity of a source inside a profile. */
export const sourceIdSchema = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')

/** A time range of a source. Seconds of the source, counted from its first instant; `end` is exclusive. */
export const cutSchema = z
  .object({ sourceId: sourceIdSchema, start: z.number().min(0), end: z.number().positive() })
  .refine((cut) => cut.end > cut.start, { message: 'end must be after start', path: ['end'] })
export type Cut = z.infer<typeof cutSchema>

/** An edit decision list: the cuts in the order in which they are shown. */
export const timelineSchema = z.array(cutSchema).min(1).max(400)
export type Timeline = z.infer<typeof timelineSchema>

/** Length of a timeline in seconds. */
export const timelineSeconds = (timeline: readonly Cut[]): number =>
  timeline.reduce((sum, cut) => sum + (cut.end - cut.start), 0)
