import { z } from 'zod'
import { captionStyleIdSchema } from './captions.ts'
import { prioritySchema } from './job-kind.ts'
import { idSchema, momentSchema, pageOf } from './page.ts'
import { nameSchema, textSchema } from './text.ts'
import { sourceIdSchema } from './timeline.ts'

/** Sources and segments of one project at most. */
const MOST_SOURCES = 200
const MOST_SEGMENTS = 1000

const secondsSchema = z.number().min(1.5).max(600)
const briefSchema = textSchema(0, 10_000)
const sourceIdsSchema = z
  .array(sourceIdSchema)
  .max(MOST_SOURCES)
  .refine((ids) => new Set(ids).size === ids.length, { message: 'must not name a source twice' })
const segmentIdsSchema = z
  .array(idSchema)
  .max(MOST_SEGMENTS)
  .refine((ids) => new Set(ids).size === ids.length, { message: 'must not name a segment twice' })

/** What a person makes: sources, a target duration, a brief, and its clips. */
export const projectSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    brief: z.string(),
    targetSeconds: z.number().describe('Seconds that its clips shall last.'),
    sourceIds: z.array(z.string()).describe('A clip opens with its best moment and goes on in this order.'),
    counts: z.object({ sources: z.int(), segments: z.int(), clips: z.int() }),
    createdAt: momentSchema,
  })
  .meta({ id: 'Project' })
export type Project = z.infer<typeof projectSchema>

export const projectPageSchema = pageOf(projectSchema).meta({ id: 'ProjectPage' })

export const newProjectSchema = z
  .strictObject({
    name: nameSchema,
    brief: briefSchema.optional(),
    targetSeconds: secondsSchema.optional().describe('Seconds, 1.5 to 600. Default: that of the profile.'),
    sourceIds: sourceIdsSchema.optional(),
  })
  .meta({ id: 'NewProject' })
export type NewProject = z.infer<typeof newProjectSchema>

export const projectChangesSchema = z
  .strictObject({ name: nameSchema, brief: briefSchema, targetSeconds: secondsSchema })
  .partial()
  .meta({ id: 'ProjectChanges' })
export type ProjectChanges = z.infer<typeof projectChangesSchema>

export const projectSourcesSchema = z
  .strictObject({
    sourceIds: sourceIdsSchema.describe(
      'All of them. A clip opens with its best moment and goes on in this order.',
    ),
  })
  .meta({ id: 'ProjectSources' })

export const projectSegmentsSchema = z
  .strictObject({ segmentIds: segmentIdsSchema })
  .meta({ id: 'ProjectSegments' })

export const segmentOrderSchema = z
  .enum(['in-order', 'weighted', 'shuffled'])
  .describe(
    '`in-order` follows the list, `weighted` prefers the better ones, `shuffled` draws by lot. For segments only.',
  )

/** Clips to be made of a project. */
export const generateSchema = z
  .strictObject({
    count: z.int().min(1).max(20).default(3),
    from: z
      .enum(['sources', 'segments'])
      .default('sources')
      .describe("`sources`: chosen out of all footage; `segments`: made of the project's segments."),
    order: segmentOrderSchema.default('in-order'),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .optional()
      .describe('Another seed gives other clips. Default: the number of the next clip.'),
    targetSeconds: secondsSchema.optional().describe('Seconds, 1.5 to 600. Default: that of the project.'),
    script: textSchema(0, 20_000).optional().describe('The words that a voice will say.'),
    voice: textSchema(1, 100).optional().describe('Default: that of the profile.'),
    captionStyle: captionStyleIdSchema
      .nullable()
      .optional()
      .describe('`null` burns no captions in. Default: that of the profile.'),
    like: idSchema
      .optional()
      .describe(
        'A clip of the project: the new ones open as it does, prefer its shots and what looks like them, and take its voice and caption style where none is given. They differ from all clips that there are, as always.',
      ),
    bestEffort: z
      .boolean()
      .default(false)
      .describe('Allow clips that are shorter than asked for, where the footage is too short.'),
    priority: prioritySchema.optional(),
  })
  .meta({ id: 'Generate' })
export type Generate = z.infer<typeof generateSchema>
