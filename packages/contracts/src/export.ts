import { z } from 'zod'
import { prioritySchema } from './job-kind.ts'
import { idSchema, momentSchema, pageOf, pageQuerySchema } from './page.ts'
import { problemSchema } from './problem.ts'

/** The parts of what decides an export. */
export const exportPartSchema = z.enum([
  'timeline',
  'captions',
  'style',
  'voice',
  'sound',
  'preset',
  'engine',
  'clip',
])
export type ExportPart = z.infer<typeof exportPartSchema>

/** A finished file. */
export const exportSchema = z
  .object({
    id: idSchema,
    clipId: idSchema.describe('The clip may have been deleted since.'),
    projectId: idSchema,
    name: z.string().describe('Of the file for people, without its extension.'),
    presetId: z.string(),
    clipVersion: z.int().describe('The version of the clip that it shows.'),
    stale: z.boolean().describe('Whether clip or preset were changed or deleted since.'),
    changed: z
      .array(exportPartSchema)
      .describe(
        'What has changed since; `voice` also where script or voice of the clip were changed and not spoken yet, `clip` or `preset` where it was deleted. `engine` alone makes no export stale.',
      ),
    sizeBytes: z.int(),
    durationSeconds: z.number(),
    integratedLufs: z.number().nullable().describe('EBU R128, measured on the file; `null` for silence.'),
    truePeakDbtp: z.number().nullable(),
    recipeHash: z.string().describe('SHA-256 of everything that decided its bytes.'),
    jobId: idSchema.nullable().describe('The job that made or found it.'),
    createdAt: momentSchema,
  })
  .meta({ id: 'Export' })
export type ExportRecord = z.infer<typeof exportSchema>

export const exportPageSchema = pageOf(exportSchema).meta({ id: 'ExportPage' })
export const exportQuerySchema = pageQuerySchema.extend({
  projectId: idSchema.optional(),
  clipId: idSchema.optional(),
})
export type ExportQuery = z.infer<typeof exportQuerySchema>

/** Exports of one archive that are named. */
const MOST_ARCHIVED = 200

export const exportArchiveQuerySchema = z
  .object({
    id: z
      .array(z.string().max(100))
      .min(1)
      .max(MOST_ARCHIVED)
      .optional()
      .describe(`Of exports, 1 to ${MOST_ARCHIVED}: \`id=…&id=…\`.`),
    projectId: idSchema
      .optional()
      .describe('Instead: of this project, the newest export of each clip and preset.'),
  })
  .refine(({ id, projectId }) => (id === undefined) !== (projectId === undefined), {
    message: 'must be given, or else `projectId`, and not both',
    path: ['id'],
  })
export type ExportArchiveQuery = z.infer<typeof exportArchiveQuerySchema>

export const presetIdSchema = z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a–z, 0–9 and -')

export const renderClipSchema = z
  .strictObject({
    presetId: presetIdSchema.optional().describe('Default: that of the profile.'),
    priority: prioritySchema.optional(),
  })
  .meta({ id: 'RenderClip' })

/** Clips and presets of one request; each clip is rendered for each preset. */
const MOST_RENDERS = 200

export const renderClipsSchema = z
  .strictObject({
    clipIds: z.array(idSchema).min(1).max(MOST_RENDERS),
    presetIds: z.array(presetIdSchema).min(1).max(20),
    priority: prioritySchema.optional(),
  })
  .refine(({ clipIds, presetIds }) => clipIds.length * presetIds.length <= MOST_RENDERS, {
    message: `must be at most ${MOST_RENDERS} clips times presets`,
    path: ['clipIds'],
  })
  .meta({ id: 'RenderClips' })
export type RenderClips = z.infer<typeof renderClipsSchema>

/** What came of each clip for each preset, in the order of the request: a job, or why there is none. */
export const renderOutcomesSchema = z
  .object({
    items: z.array(
      z.object({
        clipId: idSchema,
        presetId: z.string(),
        jobId: idSchema.nullable(),
        problem: problemSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'RenderOutcomes' })
export type RenderOutcomes = z.infer<typeof renderOutcomesSchema>
