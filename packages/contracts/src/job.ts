import { z } from 'zod'
import { jobKindSchema } from './job-kind.ts'
import { jobResultSchema } from './job-result.ts'
import { idSchema, momentSchema, pageOf, pageQuerySchema } from './page.ts'
import { problemSchema } from './problem.ts'

export const jobStateSchema = z
  .enum(['waiting', 'running', 'retrying', 'done', 'failed', 'cancelled'])
  .describe('`retrying` waits for its next attempt after one that failed or was lost.')
export type JobState = z.infer<typeof jobStateSchema>

/** A stage of a job's last attempt. */
export const stageRecordSchema = z.object({
  stage: z.string(),
  subject: z.string(),
  state: z
    .enum(['running', 'done', 'found', 'failed'])
    .describe('`found`: what it makes was there already, and nothing ran.'),
  fraction: z.number().describe('0 to 1.'),
  seconds: z.number().nullable().describe('How long it took; `null` while it runs.'),
  detail: z.string().describe('What came of it, or why it failed, for people.'),
})
export type StageRecord = z.infer<typeof stageRecordSchema>

/** Something that a person should know although nothing failed. */
export const jobNoteSchema = z.object({ message: z.string() })
export type JobNote = z.infer<typeof jobNoteSchema>

const waitsForSchema = z
  .enum(['retry', 'same-clip', 'profile-limit', 'machine'])
  .describe(
    'Why a job waits. `retry`: a while has to pass after an attempt that failed. `same-clip`: another job that writes the same (a clip, the clips of a project, footage) goes first. `profile-limit`: as many jobs of the profile run as may. `machine`: the workers have no place for it, or none runs. `null` where it does not wait; and in events, which tell of what happens to a job itself.',
  )
export type WaitsFor = z.infer<typeof waitsForSchema>

/** A unit of queued work and how far it is. */
export const jobSchema = z
  .object({
    id: idSchema,
    kind: jobKindSchema,
    state: jobStateSchema,
    subject: z.string().describe("What it is about, for people: a file name, a clip's name."),
    priority: z.int().describe('Higher goes first among the waiting jobs of the profile.'),
    attempt: z.int().describe('Number of the latest attempt; 0 before the first.'),
    projectId: idSchema.nullable(),
    clipId: idSchema.nullable(),
    sourceId: z.string().nullable(),
    presetId: z.string().nullable().describe('What it renders for; `null` where it renders nothing.'),
    fraction: z.number().describe('Of the whole job, 0 to 1, never falling within an attempt.'),
    stage: z.string().nullable().describe('The stage that began last.'),
    speed: z.number().nullable().describe('Seconds of media done per second; `null` where it is not known.'),
    secondsLeft: z.number().nullable().describe('Of the whole job; `null` where it is not known.'),
    stages: z.array(stageRecordSchema),
    notes: z.array(jobNoteSchema),
    result: jobResultSchema.nullable().describe('What it came to; `null` until it is done.'),
    problem: problemSchema.nullable().describe('Why it failed, or why it is tried again.'),
    waitsFor: waitsForSchema.nullable(),
    waitsForJobId: idSchema
      .nullable()
      .describe('The job that has to end first, where it waits for `same-clip`.'),
    retryAt: momentSchema.nullable().describe('When it is tried again, where it waits for `retry`.'),
    createdAt: momentSchema,
    startedAt: momentSchema.nullable().describe('When the latest attempt began.'),
    finishedAt: momentSchema.nullable(),
    cancelRequestedAt: momentSchema.nullable().describe('Set while a running job is being stopped.'),
  })
  .meta({ id: 'Job' })
export type JobRecord = z.infer<typeof jobSchema>

export const jobPageSchema = pageOf(jobSchema).meta({ id: 'JobPage' })

export const jobListQuerySchema = pageQuerySchema.extend({
  state: jobStateSchema.optional(),
  kind: jobKindSchema.optional(),
  projectId: idSchema.optional(),
  clipId: idSchema.optional().describe('Those that work on this clip, alone or with others.'),
})
export type JobListQuery = z.infer<typeof jobListQuerySchema>
