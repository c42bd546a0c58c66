import { z } from 'zod'
import { idSchema, momentSchema, pageOf, pageQuerySchema } from './page.ts'
import { sourceIdSchema } from './timeline.ts'

/** The shortest segment that may be marked, seconds. */
export const SHORTEST_SEGMENT = 0.2

/** A time range of a source that is worth using. */
export const segmentSchema = z
  .object({
    id: idSchema,
    sourceId: sourceIdSchema,
    start: z.number().describe('Seconds of the source.'),
    end: z.number().describe('Seconds of the source, exclusive.'),
    name: z.string(),
    keywords: z.array(z.string()),
    favourite: z.boolean(),
    origin: z.enum(['found', 'marked']).describe('Found by selection, or marked by a person.'),
    score: z
      .number()
      .nullable()
      .describe('0 to 1: how good selection thinks it; `null` where a person marked it.'),
    why: z.string().describe('Why it is worth showing, in one sentence.'),
    usageCount: z.int().describe('In how many clips it is shown.'),
    createdAt: momentSchema,
  })
  .meta({ id: 'Segment' })
export type Segment = z.infer<typeof segmentSchema>

export const segmentPageSchema = pageOf(segmentSchema).meta({ id: 'SegmentPage' })
export const segmentListSchema = z.object({ items: z.array(segmentSchema) }).meta({ id: 'SegmentList' })

const time = z.number().min(0).max(1_000_000)
const name = z.string().max(200)
const keywords = z.array(z.string().min(1).max(60)).max(50)

export const newSegmentSchema = z
  .strictObject({
    sourceId: sourceIdSchema,
    start: time.describe('Seconds of the source.'),
    end: time.describe(`Seconds of the source, exclusive; at least ${SHORTEST_SEGMENT} s after \`start\`.`),
    name: name.optional(),
    keywords: keywords.optional(),
    favourite: z.boolean().optional(),
  })
  .meta({ id: 'NewSegment' })
export type NewSegment = z.infer<typeof newSegmentSchema>

export const segmentChangeSchema = newSegmentSchema
  .omit({ sourceId: true })
  .partial()
  .meta({ id: 'SegmentChange' })
export type SegmentChange = z.infer<typeof segmentChangeSchema>

export const segmentQuerySchema = pageQuerySchema.extend({
  sourceId: sourceIdSchema.optional(),
  favourite: z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }).optional(),
  origin: z.enum(['found', 'marked']).optional(),
  keyword: z.string().min(1).max(60).optional().describe('One of its keywords, exactly.'),
  q: z.string().min(1).max(200).optional().describe('A part of its name or of a keyword, whatever the case.'),
})
export type SegmentQuery = z.infer<typeof segmentQuerySchema>
