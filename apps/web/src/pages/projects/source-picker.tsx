import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { type Source, sourcesQuery } from '../../data/sources.ts'
import { formatClock } from '../../format.ts'
import { cx } from '../../ui/class-names.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useOnNear } from '../../ui/in-view.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { SourceFrame } from '../../ui/source-frame.tsx'
import { useDebounced } from '../../ui/use-debounced.ts'

/** With fewer sources there is nothing to search for. */
const MANY = 12

interface SourcePickerProps {
  /** Ids, in the order in which they were chosen. */
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

const canBeUsed = ({ state, probe }: Source): boolean => state === 'ready' && probe?.video !== null

/** Sources as pictures to choose from. */
export function SourcePicker({ chosen, onChange }: SourcePickerProps) {
  const { api } = useStudio()
  const [search, setSearch] = useState('')
  const q = useDebounced(search.trim())
  const list = useInfiniteQuery(sourcesQuery(api, q === '' ? {} : { q }))
  const end = useRef<HTMLDivElement>(null)
  useOnNear(end, list.hasNextPage && !list.isFetching ? () => void list.fetchNextPage() : null)
  const sources = list.data?.filter(({ state, probe }) => state !== 'refused' && probe?.video !== null) ?? []
  if (list.error) return <ErrorNote error={list.error} />
  return (
    <div>
      {(sources.length > MANY || search !== '') && (
        <SearchField label="Search sources" value={search} onChange={setSearch} className="mb-3" />
      )}
      {list.isPending ? (
        <Loading what="Reading the sources">
          <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
            <Skeleton className="aspect-video" />
            <Skeleton className="aspect-video" />
            <Skeleton className="aspect-video" />
          </div>
        </Loading>
      ) : (
        <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
          {sources.map((source) => {
            const at = chosen.indexOf(source.id)
            return (
              <button
                key={source.id}
                type="button"
                aria-pressed={at >= 0}
                disabled={!canBeUsed(source)}
                onClick={() =>
                  onChange(at >= 0 ? chosen.filter((id) => id !== source.id) : [...chosen, source.id])
                }
                className={cx(
                  'flex min-w-0 flex-col rounded-xl border p-1 text-left *:w-full',
                  at >= 0 ? 'border-accent bg-accent-wash' : 'border-line hover:bg-hover',
                )}
              >
                <span className="relative block">
                  <SourceFrame source={source} aspect={16 / 9} className="rounded-lg" />
                  {at >= 0 && (
                    <span className="absolute top-1.5 left-1.5 grid size-5 place-items-center rounded-full bg-accent text-[12px] font-semibold text-on-accent">
                      {at + 1}
                    </span>
                  )}
                  {source.summary && (
                    <span className="absolute right-1.5 bottom-1.5 rounded bg-black/60 px-1 text-[11px] leading-4 text-white tabular-nums">
                      {formatClock(source.summary.durationSeconds)}
                    </span>
                  )}
                </span>
                <span className="mt-1 block truncate px-1 text-[13px]" title={source.name}>
                  {source.name}
                </span>
                {!canBeUsed(source) && (
                  <span className="block px-1 text-[12px] text-soft">
                    {source.state === 'failed' ? 'Could not be analysed' : 'Being analysed'}
                  </span>
                )}
              </button>
            )
          })}
        </div>
      )}
      {!list.isPending && sources.length === 0 && (
        <p className="py-6 text-center text-soft">
          {q === '' ? 'There are no sources yet.' : 'None is called that.'}
        </p>
      )}
      <div ref={end} />
    </div>
  )
}
