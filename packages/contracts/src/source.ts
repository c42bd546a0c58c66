import { z } from 'zod'
import { momentSchema, pageOf, pageQuerySchema } from './page.ts'
import { probeSchema } from './probe.ts'
import { problemSchema } from './problem.ts'
import { sourceIdSchema } from './timeline.ts'

/** What ingest found in a source, for people. Seconds of the source. */
export const sourceSummarySchema = z
  .object({
    durationSeconds: z.number(),
    usableSeconds: z.number().describe('Seconds that are good enough to be shown.'),
    cuts: z.array(z.number()).describe('Hard cuts: the first instant of each new shot, ascending.'),
    filmstrip: z
      .object({
        columns: z.int(),
        rows: z.int(),
        tileWidth: z.int(),
        tileHeight: z.int(),
        secondsPerTile: z.number(),
        count: z.int(),
      })
      .nullable()
      .describe('A grid of pictures in one image; picture `i` shows the source at `i * secondsPerTile`.'),
    peaksPerSecond: z.number().nullable().describe('Of the waveform.'),
  })
  .meta({ id: 'SourceSummary' })
export type SourceSummary = z.infer<typeof sourceSummarySchema>

const sourceStateSchema = z
  .enum(['refused', 'waiting', 'ingesting', 'ready', 'failed'])
  .describe(
    '`refused`: no recording that can be used, kept for download; `failed`: its ingest failed. `problem` says why.',
  )

/** A recording. */
export const sourceSchema = z
  .object({
    id: sourceIdSchema.describe('SHA-256 of its bytes.'),
    name: z.string(),
    sizeBytes: z.int().min(0),
    state: sourceStateSchema,
    problem: problemSchema.nullable(),
    probe: probeSchema.nullable().describe('`video` is `null` for sound alone, which needs no ingest.'),
    summary: sourceSummarySchema.nullable().describe('`null` until it is ready, and for sound alone.'),
    createdAt: momentSchema,
  })
  .meta({ id: 'Source' })
export type Source = z.infer<typeof sourceSchema>

export const sourcePageSchema = pageOf(sourceSchema).meta({ id: 'SourcePage' })

/** A source with what leans on it. */
export const sourceDetailsSchema = sourceSchema
  .extend({
    usage: z.object({
      clips: z.int().describe('Clips that show it or let it be heard.'),
      projects: z.int(),
      segments: z.int(),
    }),
  })
  .meta({ id: 'SourceDetails' })
export type SourceDetails = z.infer<typeof sourceDetailsSchema>

export const sourceQuerySchema = pageQuerySchema.extend({
  state: sourceStateSchema.optional(),
  q: z.string().min(1).max(200).optional().describe('A part of the name, whatever its case.'),
})
export type SourceQuery = z.infer<typeof sourceQuerySchema>

export const sourceChangeSchema = z
  .strictObject({ name: z.string().min(1).max(255) })
  .meta({ id: 'SourceChange' })
export type SourceChange = z.infer<typeof sourceChangeSchema>

/** What was measured of a source, for drawing: one value per sample. */
export const sourceFeaturesSchema = z
  .object({
    durationSeconds: z.number(),
    samplesPerSecond: z.number().describe('Sample `i` is about the source from `i / samplesPerSecond` s on.'),
    hasAudio: z.boolean(),
    motion: z.array(z.number()).describe('0 (still) to 1.'),
    brightness: z.array(z.number()).describe('0 (black) to 1 (white).'),
    sharpness: z.array(z.number()).describe('0 (blurred) to 1.'),
    loudness: z.array(z.number()).describe('dBFS, -100 for silence.'),
    speech: z
      .array(z.object({ start: z.number(), end: z.number() }))
      .optional()
      .describe('Where somebody speaks, seconds; missing where it was ingested before speech was measured.'),
    cuts: z.array(z.number()).describe('Hard cuts, seconds.'),
    flaws: z
      .array(
        z.object({
          start: z.number(),
          end: z.number(),
          flaw: z.enum(['black', 'plain', 'dead', 'blurred']),
        }),
      )
      .describe('What is not worth showing, and why; seconds.'),
  })
  .meta({ id: 'SourceFeatures' })
export type SourceFeatures = z.infer<typeof sourceFeaturesSchema>
