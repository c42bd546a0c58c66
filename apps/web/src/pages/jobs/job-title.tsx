import type { Job } from '../../data/jobs.ts'
import { LongName } from '../../ui/long-name.tsx'
import { useJobWords } from './use-job-words.ts'

/** What a job is about, and what it does. */
export function JobTitle({ job }: { readonly job: Job }) {
  const { kind } = useJobWords(job)
  return (
    <h3 className="flex items-baseline gap-2">
      <LongName name={job.subject || kind} className="font-medium" />
      {job.subject !== '' && <span className="shrink-0 text-[13px] font-normal text-soft">{kind}</span>}
    </h3>
  )
}
