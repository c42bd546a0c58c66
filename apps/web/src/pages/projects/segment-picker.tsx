import { useInfiniteQuery } from '@tanstack/react-query'
import { Check, Star } from 'lucide-react'
import { useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { type Segment, segmentsQuery } from '../../data/segments.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/select.tsx'
import { SegmentRow } from './segment-row.tsx'

const FILTERS = {
  favourite: { label: 'Favourites', query: { favourite: 'true' } },
  marked: { label: 'Marked by hand', query: { origin: 'marked' } },
  found: { label: 'Found moments', query: { origin: 'found' } },
} as const
type Filter = keyof typeof FILTERS

interface SegmentPickerProps {
  readonly chosen: readonly Segment[]
  readonly onChange: (chosen: readonly Segment[]) => void
}

/** Segments of the library to choose from. */
export function SegmentPicker({ chosen, onChange }: SegmentPickerProps) {
  const { api } = useStudio()
  const [asked, setFilter] = useState<Filter | null>(null)
  const favourites = useInfiniteQuery(segmentsQuery(api, FILTERS.favourite.query))
  // Who has no favourites begins with what was found.
  const filter = asked ?? (favourites.data?.length === 0 ? 'found' : 'favourite')
  const list = useInfiniteQuery(segmentsQuery(api, FILTERS[filter].query))
  const isChosen = ({ id }: Segment) => chosen.some((segment) => segment.id === id)
  return (
    <div>
      <Select
        aria-label="Which segments"
        className="mb-2"
        value={filter}
        onChange={(value) => setFilter(value as Filter)}
        choices={Object.entries(FILTERS).map(([value, { label }]) => ({ value, label }))}
      />
      {list.error !== null && <ErrorNote error={list.error} />}
      {list.data?.length === 0 && (
        <p className="py-4 text-soft">
          {filter === 'favourite'
            ? 'No favourites yet. Mark moments on the page of a source.'
            : 'There are none.'}
        </p>
      )}
      <ul className="max-h-96 space-y-1.5 overflow-y-auto p-0.5">
        {list.data?.map((segment) => (
          <li key={segment.id}>
            <button
              type="button"
              aria-pressed={isChosen(segment)}
              onClick={() =>
                onChange(
                  isChosen(segment) ? chosen.filter(({ id }) => id !== segment.id) : [...chosen, segment],
                )
              }
              className={cx(
                'flex w-full items-center gap-2 rounded-xl border py-1 pr-2.5 pl-1.5 text-left',
                isChosen(segment) ? 'border-accent bg-accent-wash' : 'border-line hover:bg-hover',
              )}
            >
              <span className="min-w-0 grow">
                <SegmentRow segment={segment} />
              </span>
              {segment.favourite && (
                <Star className="size-4 shrink-0 fill-current text-warn" aria-label="Favourite" />
              )}
              {isChosen(segment) && <Check className="size-4 shrink-0 text-accent" aria-hidden />}
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          size="small"
          className="mt-2"
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </div>
  )
}
