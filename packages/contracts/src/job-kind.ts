import { z } from 'zod'

export const JOB_KINDS = [
  'ingest',
  'demo',
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

/** How far before others a job may be asked to go, and how far behind. */
const MOST_PRIORITY = 100

/** What an operation that queues work may be told of its turn. */
export const prioritySchema = z
  .int()
  .min(-MOST_PRIORITY)
  .max(MOST_PRIORITY)
  .describe(
    'Of the jobs of a profile that wait, those with a higher one go first; other profiles get their share all the same. Default: 20 for a preview, 10 for what makes clips, voices and the footage of the demo, 5 for an ingest, else 0.',
  )
