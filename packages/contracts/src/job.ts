import { z } from 'zod'
import { idSchema, momentSchema, pageQuerySchema } from './page.ts'
import { problemSchema } from './problem.ts'

export const JOB_KINDS = [
  'ingest',
  'generate',
  'preview',
  'voiceover',
  'voiceover-many',
  'render',
  'one-shot',
  'multi-video',
  'sweep',
] as const
export const jobKindSchema = z.enum(JOB_KINDS)
export type JobKind = z.infer<typeof jobKindSchema>

/** `retrying` waits for its next attempt after one that failed or was lost. */
export const jobStateSchema = z.enum(['waiting', 'running', 'retrying', 'done', 'failed', 'cancelled'])
export type JobState = z.infer<typeof jobStateSchema>

/** A stage of a job's last attempt. */
export const stageRecordSchema = z.object({
  stage: z.string(),
  subject: z.string(),
  state: z.enum(['running', 'done', 'found', 'failed']),
  /** 0 to 1. */
  fraction: z.number(),
  seconds: z.number().nullable(),
  detail: z.string(),
})
export type StageRecord = z.infer<typeof stageRecordSchema>

/** Something that a person should know although nothing failed. */
export const jobNoteSchema = z.object({ message: z.string() })
export type JobNote = z.infer<typeof jobNoteSchema>

/** A unit of queued work and how far it is. */
export const jobSchema = z
  .object({
    id: idSchema,
    kind: jobKindSchema,
    state: jobStateSchema,
    /** What it is about, for people: a file name, a clip's name. */
    subject: z.string(),
    /** Higher goes first among the waiting jobs of the profile. */
    priority: z.int(),
    /** Number of the latest attempt; 0 before the first. */
    attempt: z.int(),
    projectId: idSchema.nullable(),
    clipId: idSchema.nullable(),
    sourceId: z.string().nullable(),
    /** Of the whole job, 0 to 1, never falling within an attempt. */
    fraction: z.number(),
    /** The stage that began last. */
    stage: z.string().nullable(),
    /** Seconds of media done per second, or `null` where it is not known. */
    speed: z.number().nullable(),
    /** Of the whole job, or `null` where it is not known. */
    secondsLeft: z.number().nullable(),
    stages: z.array(stageRecordSchema),
    notes: z.array(jobNoteSchema),
    /** What it came to; its form depends on the kind. `null` until it is done. */
    result: z.unknown(),
    /** Why it failed, or why it is tried again. */
    problem: problemSchema.nullable(),
    createdAt: momentSchema,
    /** When the latest attempt began. */
    startedAt: momentSchema.nullable(),
    finishedAt: momentSchema.nullable(),
    /** Set while a running job is being stopped. */
    cancelRequestedAt: momentSchema.nullable(),
  })
  .meta({ id: 'Job' })
export type JobRecord = z.infer<typeof jobSchema>

export const jobListQuerySchema = pageQuerySchema.extend({
  state: jobStateSchema.optional(),
  kind: jobKindSchema.optional(),
  projectId: idSchema.optional(),
  clipId: idSchema.optional(),
})
export type JobListQuery = z.infer<typeof jobListQuerySchema>
