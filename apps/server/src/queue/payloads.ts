import { captionStyleIdSchema, idSchema, type JobKind } from '@cutroom/contracts'
import { z } from 'zod'

const sourceId = z.string().regex(/^[0-9a-f]{64}$/)
const voice = z.string().min(1).max(100)
const script = z.string().nullable()
const captionStyle = captionStyleIdSchema.nullable()
const presetId = z.string().min(1).max(40)
/** Text of an SRT or VTT file. */
const captions = z.string().max(1_000_000)
const seed = z.int()
/** Seconds. */
const duration = z.number().positive()

/** What a job of each kind needs to know; whatever can change until it runs is read then instead. */
export const payloadSchemas = {
  ingest: z.object({ sourceId }),
  generate: z.object({
    projectId: idSchema,
    count: z.int().min(1).max(20),
    from: z.enum(['sources', 'segments']),
    order: z.enum(['in-order', 'weighted', 'shuffled']),
    seed,
    targetSeconds: duration,
    script,
    voice,
    captionStyle,
    /** A clip of the project that the new ones shall be like. */
    like: idSchema.nullable(),
    bestEffort: z.boolean(),
  }),
  preview: z.object({ clipId: idSchema }),
  /** With `recording`, a source with sound becomes the voice, and nothing is spoken. */
  voiceover: z.object({ clipId: idSchema, recording: sourceId.optional() }),
  /** `null` keeps each clip's own. */
  'voiceover-many': z.object({ clipIds: z.array(idSchema).min(1).max(200), script, voice: voice.nullable() }),
  /** Renders the clip as it is when the job starts. */
  render: z.object({ clipId: idSchema, presetId }),
  'one-shot': z.object({
    projectId: idSchema,
    videos: z.array(sourceId).min(1).max(100),
    audio: sourceId.nullable(),
    music: sourceId.nullable(),
    captions: captions.nullable(),
    script,
    voice,
    captionStyle,
    presetId,
    variants: z.int().min(1).max(20),
    /** `null` takes that of the voice. */
    duration: duration.nullable(),
    seed,
    bestEffort: z.boolean(),
  }),
  'multi-video': z.object({
    projectId: idSchema,
    main: sourceId,
    captions,
    others: z
      .array(z.object({ sourceId, keywords: z.array(z.string().min(1).max(100)).min(1).max(50) }))
      .min(1)
      .max(50),
    voice,
    captionStyle,
    presetId,
  }),
  demo: z.object({}),
  /** Cleans the scratch of the profile. */
  sweep: z.object({ dryRun: z.boolean(), olderThanSeconds: z.number().min(0) }),
} satisfies Record<JobKind, z.ZodType>

export type PayloadOf<K extends JobKind> = z.infer<(typeof payloadSchemas)[K]>
