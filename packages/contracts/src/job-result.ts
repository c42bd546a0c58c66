import { z } from 'zod'
import { exportSchema } from './export.ts'
import type { JobKind } from './job-kind.ts'
import { idSchema } from './page.ts'
import { problemSchema } from './problem.ts'
import { sourceSummarySchema } from './source.ts'
import { sweepReportSchema } from './storage.ts'

/** The sources of the demo, new or found. */
const demoSourcesSchema = z.object({ sourceIds: z.array(z.string()) }).meta({ id: 'DemoSources' })
export type DemoSources = z.infer<typeof demoSourcesSchema>

/** Clips that were made, in the order of their numbers. */
const generatedClipsSchema = z.object({ clipIds: z.array(idSchema) }).meta({ id: 'GeneratedClips' })
export type GeneratedClips = z.infer<typeof generatedClipsSchema>

/** A clip that was worked on. */
const changedClipSchema = z
  .object({
    clipId: idSchema,
    version: z.int().nullable().describe('That it has since; `null` where it was deleted meanwhile.'),
  })
  .meta({ id: 'ChangedClip' })

/** What came of each clip that was to get a voice. */
const voiceoverOutcomesSchema = z
  .object({
    items: z.array(
      z.object({ clipId: idSchema, problem: problemSchema.nullable().describe('`null`: it has its voice.') }),
    ),
  })
  .meta({ id: 'VoiceoverOutcomes' })
export type VoiceoverOutcomes = z.infer<typeof voiceoverOutcomesSchema>

/** A project that was made as one job, with its finished files. */
const madeProjectSchema = z
  .object({
    projectId: idSchema,
    clipIds: z.array(idSchema),
    exports: z
      .array(z.object({ clipId: idSchema, exportId: idSchema.nullable(), problem: problemSchema.nullable() }))
      .describe('One for each clip; `problem` says why there is none: it was edited or deleted meanwhile.'),
  })
  .meta({ id: 'MadeProject' })
export type MadeProject = z.infer<typeof madeProjectSchema>

/** What jobs of each kind come to. */
const resultSchemas = {
  ingest: sourceSummarySchema,
  demo: demoSourcesSchema,
  generate: generatedClipsSchema,
  preview: changedClipSchema,
  voiceover: changedClipSchema,
  'voiceover-many': voiceoverOutcomesSchema,
  render: exportSchema,
  'one-shot': madeProjectSchema,
  'multi-video': madeProjectSchema,
  sweep: sweepReportSchema,
} satisfies Record<JobKind, z.ZodType>

export type JobResult<K extends JobKind = JobKind> = z.infer<(typeof resultSchemas)[K]>

/** Any of them. Those with more fields come first, since the first that fits is taken. */
export const jobResultSchema = z
  .union([
    madeProjectSchema,
    exportSchema,
    sourceSummarySchema,
    sweepReportSchema,
    voiceoverOutcomesSchema,
    changedClipSchema,
    generatedClipsSchema,
    demoSourcesSchema,
  ])
  .describe(
    '`ingest`: SourceSummary; `demo`: DemoSources; `generate`: GeneratedClips; `preview`, `voiceover`: ChangedClip; `voiceover-many`: VoiceoverOutcomes; `render`: Export; `one-shot`, `multi-video`: MadeProject; `sweep`: SweepReport.',
  )
