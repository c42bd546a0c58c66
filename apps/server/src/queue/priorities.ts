import type { JobKind } from '@cutroom/contracts'

/** Where nothing else is said, what somebody waits for goes before what takes long anyway. */
export const PRIORITIES: Readonly<Record<JobKind, number>> = {
  preview: 20,
  generate: 10,
  voiceover: 10,
  'voiceover-many': 10,
  demo: 10,
  ingest: 5,
  render: 0,
  'one-shot': 0,
  'multi-video': 0,
  sweep: 0,
}
