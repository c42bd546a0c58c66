import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Share } from 'lucide-react'
import { useStudio } from '../../../app/studio.tsx'
import { isActive, jobsQuery } from '../../../data/jobs.ts'
import { count } from '../../../format.ts'

/** Says that the clip is being exported: an export shows what the clip is, so that an edit stops it. */
export function ExportsUnderWay({ clipId }: { readonly clipId: string }) {
  const { api, profile } = useStudio()
  const { data = [] } = useInfiniteQuery(jobsQuery(api, { clipId, kind: 'render' }))
  const active = data.filter(isActive)
  if (active.length === 0) return null
  return (
    <p
      role="status"
      className="flex items-center gap-2.5 border-b border-line bg-accent-wash px-4 py-2 text-[13px]"
    >
      <Share className="size-4 shrink-0 text-accent" aria-hidden />
      <span className="min-w-0 grow">
        {count(active.length, 'file is', 'files are')} being exported. Wait with edits: they would stop{' '}
        {active.length === 1 ? 'it' : 'them'}.
      </span>
      <Link
        to="/p/$profileId/exports"
        params={{ profileId: profile.id }}
        className="shrink-0 font-medium text-accent hover:underline"
      >
        Exports
      </Link>
    </p>
  )
}
