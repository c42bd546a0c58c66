import { Link } from '@tanstack/react-router'
import { useStudio } from '../../app/studio.tsx'
import type { Job } from '../../data/jobs.ts'
import { exportOf } from '../exports/export-of.ts'
import { useJobWords } from './use-job-words.ts'

const linkClass = 'text-[13px] font-medium text-accent hover:underline'

/** What a job is about and what it made, each a click away. */
export function JobLinks({ job }: { readonly job: Job }) {
  const { profile } = useStudio()
  const profileId = profile.id
  const { name } = useJobWords(job)
  const made = exportOf(job)
  const { clipId, sourceId, projectId, result } = job
  const madeProject = result !== null && 'exports' in result ? result.projectId : null
  const project = projectId ?? madeProject
  return (
    <span className="flex flex-wrap gap-x-3 empty:hidden">
      {made && (
        <Link
          to="/p/$profileId/exports"
          params={{ profileId }}
          search={{ export: made.id }}
          className={linkClass}
        >
          Show the file<span className="sr-only"> of {name}</span>
        </Link>
      )}
      {clipId !== null && (
        <Link to="/p/$profileId/clips/$clipId" params={{ profileId, clipId }} className={linkClass}>
          Clip<span className="sr-only"> of {name}</span>
        </Link>
      )}
      {sourceId !== null && (
        <Link to="/p/$profileId/sources/$sourceId" params={{ profileId, sourceId }} className={linkClass}>
          Source<span className="sr-only"> of {name}</span>
        </Link>
      )}
      {project !== null && (
        <Link
          to="/p/$profileId/projects/$projectId"
          params={{ profileId, projectId: project }}
          className={linkClass}
        >
          Project<span className="sr-only"> of {name}</span>
        </Link>
      )}
    </span>
  )
}
