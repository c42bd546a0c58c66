import type { Job } from '../../data/jobs.ts'
import { ClipTitle } from '../../ui/clip-title.tsx'
import { LongName } from '../../ui/long-name.tsx'
import { useJobWords } from './use-job-words.ts'

/** What a job is about, and what it does: on one line, or below each other where there is no room for both. */
export function JobTitle({ job }: { readonly job: Job }) {
  const { kind } = useJobWords(job)
  if (job.clipId !== null)
    return (
      <h3>
        <ClipTitle name={job.subject} projectId={job.projectId} about={kind} />
      </h3>
    )
  return (
    <h3 className="flex flex-wrap items-baseline gap-x-2 sm:flex-nowrap">
      <LongName name={job.subject || kind} className="font-medium" />
      {job.subject !== '' && (
        <span className="min-w-0 text-[13px] font-normal text-soft sm:shrink-0">{kind}</span>
      )}
    </h3>
  )
}
