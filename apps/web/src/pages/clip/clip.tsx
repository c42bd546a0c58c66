import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Clapperboard } from 'lucide-react'
import { ApiError } from '../../api/problem.ts'
import { useStudio } from '../../app/studio.tsx'
import { clipQuery } from '../../data/clips.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { Editor } from './editor/editor.tsx'
import { readCaptions } from './editor/edits.ts'

/** The editor of one clip. */
export function ClipPage() {
  const { clipId } = useParams({ from: '/p/$profileId/clips/$clipId' })
  const { api } = useStudio()
  const clip = useQuery(clipQuery(api, clipId))
  // Read once: from then on the editor knows them better.
  const captions = useQuery({
    queryKey: ['clip-captions', clipId],
    queryFn: ({ signal }) => (clip.data?.captions ? readCaptions(api, clipId, signal) : null),
    enabled: clip.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const error = clip.error ?? captions.error
  if (error instanceof ApiError && error.code === 'not-found') return <Gone />
  if (error !== null && (clip.data === undefined || captions.data === undefined))
    return (
      <div className="mx-auto max-w-lg px-4 py-16">
        <ErrorNote error={error} onRetry={() => Promise.all([clip.refetch(), captions.refetch()])} />
      </div>
    )
  if (clip.data === undefined || captions.data === undefined) return <Opening />
  return <Editor key={clipId} clip={clip.data} captions={captions.data} />
}

function Gone() {
  const { profile } = useStudio()
  return (
    <Empty
      icon={<Clapperboard />}
      title="This clip is gone"
      actions={
        <Link to="/p/$profileId/clips" params={{ profileId: profile.id }} className={buttonClass('primary')}>
          All clips
        </Link>
      }
    >
      It was deleted, or it never was one of this brand. Exports that were made of it are still among the
      exports.
    </Empty>
  )
}

function Opening() {
  return (
    <Loading what="Opening the clip">
      <div className="flex flex-col md:h-dvh">
        <div className="flex h-13 items-center gap-3 border-b border-line bg-surface px-4">
          <Skeleton className="h-6 w-48" />
          <div className="grow" />
          <Skeleton className="h-9 w-24" />
        </div>
        <div className="flex min-h-0 grow">
          <div className="flex grow justify-center p-4">
            <Skeleton className="aspect-9/16 h-full max-md:h-[52dvh]" />
          </div>
          <div className="w-96 space-y-3 border-l border-line bg-surface p-4 max-md:hidden">
            <Skeleton className="h-8" />
            <Skeleton className="h-40" />
            <Skeleton className="h-24" />
          </div>
        </div>
        <div className="h-56 space-y-3 border-t border-line bg-surface p-4">
          <Skeleton className="h-6 w-64" />
          <Skeleton className="h-16" />
          <Skeleton className="h-6" />
        </div>
      </div>
    </Loading>
  )
}
