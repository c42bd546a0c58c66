import type { Job } from '../../data/jobs.ts'
import { ClipTitle } from '../../ui/clip-title.tsx'
import { LongName } from '../../ui/long-name.tsx'
import { useJobWords } from './use-job-words.ts'

/** What a job is about, and what it does. */
export function JobTitle({ job }: { readonly job: Job }) {
  const { kind } = useJobWords(job)
  return (
    <h3 className="flex items-baseline gap-2">
      {job.clipId === null ? (
        <LongName name={job.subject || kind} className="font-medium" />
      ) : (
        <ClipTitle name={job.subject} projectId={job.projectId} />
      )}
      {job.subject !== '' && <span className="shrink-0 text-[13px] font-normal text-soft">{kind}</span>}
    </h3>
  )
}
