import type { Job } from '../../data/jobs.ts'
import { LongName } from '../../ui/long-name.tsx'
import { KINDS } from './words.ts'

/** What a job is about, and its kind. */
export const JobTitle = ({ job: { subject, kind } }: { readonly job: Job }) => (
  <h3 className="flex items-baseline gap-2">
    <LongName name={subject || KINDS[kind]} className="font-medium" />
    {subject !== '' && <span className="shrink-0 text-[13px] font-normal text-soft">{KINDS[kind]}</span>}
  </h3>
)
