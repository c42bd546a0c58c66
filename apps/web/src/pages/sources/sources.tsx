import { useInfiniteQuery } from '@tanstack/react-query'
import { Film, SearchX } from 'lucide-react'
import { useCallback, useDeferredValue, useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { useAddress } from '../../app/use-address.ts'
import { jobsQuery } from '../../data/jobs.ts'
import { type Source, sourcesQuery } from '../../data/sources.ts'
import { hasEnded, type Upload } from '../../data/uploads.ts'
import { useUploads } from '../../data/uploads-of.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { FirstSteps } from '../enter/first-steps.tsx'
import { AddFootage } from './add-footage.tsx'
import { DemoFootage } from './demo-footage.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { SourceCard } from './source-card.tsx'
import { SourceGrid } from './source-grid.tsx'
import { UploadCard } from './upload-card.tsx'

/** All recordings of the profile, and the way in for more. */
export function Sources() {
  const { api, profile } = useStudio()
  const [search, setSearch] = useAddress('q')
  const q = useDeferredValue(search.trim())
  const list = useInfiniteQuery(sourcesQuery(api, q === '' ? {} : { q }))
  const { uploads } = useUploads(profile.id)
  const onTheirWay = q === '' ? uploads.filter((upload) => !hasEnded(upload)) : []
  const isEmpty = q === '' && list.data?.length === 0 && onTheirWay.length === 0
  return (
    <Page
      title="Sources"
      lead="Your footage. Clips are made from it; it is never changed."
      // Once it is known where it stands: a menu that was opened must not go.
      actions={list.data !== undefined && !isEmpty && <AddFootage />}
    >
      {!isEmpty && <FirstSteps />}
      {!isEmpty && (
        <SearchField
          label="Search sources"
          placeholder="Search by name"
          value={search}
          onChange={setSearch}
          className="mb-4 max-w-sm"
        />
      )}
      {list.error && !list.data ? (
        <ErrorNote error={list.error} onRetry={list.refetch} />
      ) : !list.data ? (
        <Waiting />
      ) : list.data.length + onTheirWay.length > 0 ? (
        <Library
          uploads={onTheirWay}
          sources={list.data}
          onEnd={list.hasNextPage ? list.fetchNextPage : null}
        />
      ) : isEmpty ? (
        <Empty
          icon={<Film />}
          title="Drop footage here"
          actions={
            <>
              <DemoFootage />
              <AddFootage />
            </>
          }
        >
          Files or whole folders, as large as they are. Cutroom looks through them and finds the moments worth
          using. No footage at hand? Make some to try it out.
        </Empty>
      ) : (
        <Empty
          icon={<SearchX />}
          title={`No source is called “${q}”`}
          actions={<Button onClick={() => setSearch('')}>Show all sources</Button>}
        >
          Look for another part of its name.
        </Empty>
      )}
    </Page>
  )
}

const keyOf = ({ id }: Source | Upload): string => id

function Library({
  uploads,
  sources,
  onEnd,
}: {
  readonly uploads: readonly Upload[]
  readonly sources: readonly Source[]
  readonly onEnd: (() => unknown) | null
}) {
  const { api } = useStudio()
  const { data: jobs } = useInfiniteQuery(jobsQuery(api, { kind: 'ingest', state: 'running' }))
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const chosen = sources.filter(({ id }) => selected.has(id))
  const end = useCallback(() => void onEnd?.(), [onEnd])
  const select = (id: string, isSelected: boolean) =>
    setSelected((before) => (isSelected ? before.union(new Set([id])) : before.difference(new Set([id]))))
  return (
    <>
      <SourceGrid<Source | Upload> items={[...uploads, ...sources]} keyOf={keyOf} onEnd={end}>
        {(item) =>
          'sentBytes' in item ? (
            <UploadCard upload={item} />
          ) : (
            <SourceCard
              source={item}
              job={jobs?.find(({ sourceId }) => sourceId === item.id)}
              isSelected={selected.has(item.id)}
              onSelect={(isSelected) => select(item.id, isSelected)}
            />
          )
        }
      </SourceGrid>
      {chosen.length > 0 && <SelectionBar sources={chosen} onClear={() => setSelected(new Set())} />}
    </>
  )
}

const Waiting = () => (
  <Loading what="The sources are on their way">
    <div className="grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-4">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => (
        <Skeleton key={key} className="h-48 rounded-xl" />
      ))}
    </div>
  </Loading>
)
