import { useQuery } from '@tanstack/react-query'
import { useStudio } from '../../app/studio.tsx'
import type { Job } from '../../data/jobs.ts'
import { presetsQuery } from '../../data/presets.ts'
import { useClipName } from '../../ui/use-clip-name.ts'
import { presetName } from '../exports/preset-words.ts'
import { kindOf, nameOf } from './words.ts'

/** What a job does and its whole name, both with the preset that it renders for: a clip may wait for several. */
export function useJobWords(job: Job): { readonly kind: string; readonly name: string } {
  const { api } = useStudio()
  const { data: presets } = useQuery({ ...presetsQuery(api), enabled: job.presetId !== null })
  const preset = job.presetId === null ? undefined : presetName(presets, job.presetId)
  const { short } = useClipName(job.subject, job.clipId === null ? null : job.projectId)
  return { kind: kindOf(job, preset), name: nameOf({ ...job, subject: short }, preset) }
}
