import type { Job } from '../../data/jobs.ts'

/** What each kind of job is, as people call it. */
export const KINDS: Readonly<Record<Job['kind'], string>> = {
  ingest: 'Analysis',
  demo: 'Drawing',
  generate: 'New clips',
  preview: 'Preview',
  voiceover: 'Voice',
  'voiceover-many': 'Voices',
  render: 'Export',
  'one-shot': 'Finished clips',
  'multi-video': 'Finished clips of many',
  sweep: 'Tidying up',
}

export const STATES: Readonly<Record<Job['state'], string>> = {
  waiting: 'Waiting',
  running: 'Running',
  retrying: 'Waiting to try again',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** What happens in each stage. */
export const STAGES = {
  hash: 'Checking the file',
  ingest: 'Analysing picture and sound',
  select: 'Choosing the moments',
  voice: 'Speaking the script',
  preview: 'Making the preview',
  render: 'Rendering the video',
  footage: 'Making the footage',
  sheet: 'Drawing the overview',
} as const

/** A stage of a newer server has its own name. */
export const stageWords = (stage: string): string =>
  Object.hasOwn(STAGES, stage) ? STAGES[stage as keyof typeof STAGES] : stage

/** What a job does: `Export for TikTok`. */
export const kindOf = ({ kind }: Pick<Job, 'kind'>, preset?: string): string =>
  preset === undefined ? KINDS[kind] : `${KINDS[kind]} for ${preset}`

/** A job as the subject of a sentence: `Export for TikTok of Summer launch 1`. */
export const nameOf = (job: Pick<Job, 'kind' | 'subject'>, preset?: string): string =>
  job.subject === '' ? kindOf(job, preset) : `${kindOf(job, preset)} of ${job.subject}`
