import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Share } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { useAddress } from '../../app/use-address.ts'
import { type Export, exportsQuery } from '../../data/exports.ts'
import { presetsQuery } from '../../data/presets.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { WindowList } from '../../ui/window-list.tsx'
import { ChosenBar } from './chosen-bar.tsx'
import { DeleteExports } from './delete-exports.tsx'
import { ExportFilters } from './export-filters.tsx'
import { ExportRow } from './export-row.tsx'
import { replacedIn } from './newest.ts'
import { OpenExport } from './open-export.tsx'
import { RendersNow } from './renders-now.tsx'

const OUTDATED = 'outdated'

/** Finished files, newest first, and those that are being made. */
export function Exports() {
  const { api, profile } = useStudio()
  const [projectId, setProjectId] = useAddress('project')
  const [clipId, setClipId] = useAddress('clip')
  const [show, setShow] = useAddress('show')
  const [openId, setOpenId] = useAddress('export')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [deleting, setDeleting] = useState<readonly Export[]>([])
  const { data: presets } = useQuery(presetsQuery(api))
  const list = useInfiniteQuery(
    exportsQuery(api, { ...(projectId !== '' && { projectId }), ...(clipId !== '' && { clipId }) }),
  )
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = list
  const replaced = useMemo(() => replacedIn(data ?? []), [data])
  const onlyOutdated = show === OUTDATED
  const shown = data?.filter(({ id, stale }) => !onlyOutdated || (stale && !replaced.has(id)))
  const canRead = hasNextPage && !isFetching && !isError
  const more = () => {
    if (canRead) void fetchNextPage()
  }
  // Which are outdated is not known before all were read.
  useEffect(() => {
    if (onlyOutdated && canRead) void fetchNextPage()
  }, [onlyOutdated, canRead, fetchNextPage])
  const choose = (id: string, isChosen: boolean) =>
    setChosen((now) => new Set(isChosen ? [...now, id] : [...now].filter((other) => other !== id)))
  const picked = shown?.filter(({ id }) => chosen.has(id)) ?? []
  const isFiltered = projectId !== '' || clipId !== '' || onlyOutdated
  return (
    <Page title="Exports" lead="Finished files, ready to download and post.">
      <RendersNow />
      <ExportFilters
        {...{ projectId, setProjectId, clipId, setClipId, onlyOutdated }}
        setOnlyOutdated={(only) => setShow(only ? OUTDATED : '')}
        chosen={picked.length}
        all={shown?.length ?? 0}
        isWhole={!hasNextPage}
        onChooseAll={(all) => setChosen(new Set(all ? shown?.map(({ id }) => id) : []))}
      />
      {list.error !== null && <ErrorNote error={list.error} className="my-4" onRetry={list.refetch} />}
      {shown === undefined || (shown.length === 0 && hasNextPage) ? (
        list.error === null && <RowsSkeleton />
      ) : shown.length > 0 ? (
        <WindowList label="Exports" items={shown} keyOf={({ id }) => id} rowHeight={85} onNearEnd={more}>
          {(made) => (
            <ExportRow
              made={made}
              presets={presets}
              isReplaced={replaced.has(made.id)}
              isChosen={chosen.has(made.id)}
              onChoose={(isChosen) => choose(made.id, isChosen)}
              // The way back closes it again.
              onPlay={() => setOpenId(made.id, 'pushed')}
              onDelete={() => setDeleting([made])}
            />
          )}
        </WindowList>
      ) : isFiltered ? (
        <Empty
          icon={<Share />}
          title={onlyOutdated ? 'Everything is up to date' : 'No exports here'}
          actions={
            <Link to="/p/$profileId/exports" params={{ profileId: profile.id }} className={buttonClass()}>
              Show all exports
            </Link>
          }
        >
          {onlyOutdated ? 'No clip was changed since it was exported.' : 'Nothing of this was exported yet.'}
        </Empty>
      ) : (
        <Empty
          icon={<Share />}
          title="No exports yet"
          actions={
            <Link
              to="/p/$profileId/clips"
              params={{ profileId: profile.id }}
              className={buttonClass('primary')}
            >
              Go to the clips
            </Link>
          }
        >
          Pick the clips that you like and export them for Reels, TikTok or any other preset. The finished
          files will be here.
        </Empty>
      )}
      <ChosenBar
        exports={picked}
        presets={presets}
        onDelete={() => setDeleting(picked)}
        onClear={() => setChosen(new Set())}
      />
      <DeleteExports exports={deleting} onClose={() => setDeleting([])} />
      {openId !== '' && <OpenExport id={openId} presets={presets} onClose={() => setOpenId('')} />}
    </Page>
  )
}

const RowsSkeleton = () => (
  <Loading what="Reading the exports">
    {['a', 'b', 'c', 'd', 'e'].map((key) => (
      <div key={key} className="flex items-center gap-3 border-b border-line py-2.5">
        <Skeleton className="size-5 rounded-md" />
        <Skeleton className="h-16 w-12 rounded-md" />
        <div className="grow space-y-2">
          <Skeleton className="h-4 w-56" />
          <Skeleton className="h-3.5 w-72 max-w-full" />
        </div>
      </div>
    ))}
  </Loading>
)
