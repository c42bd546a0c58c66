import { useVirtualizer } from '@tanstack/react-virtual'
import { Scissors, Star } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import type { Segment } from '../../data/segments.ts'
import type { Source } from '../../data/sources.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/class-names.ts'
import { Key } from '../../ui/key.tsx'
import { Select } from '../../ui/select.tsx'
import { SegmentRow, type SegmentRowActions } from './segment-row.tsx'
import { bestFirst, keywordsOf } from './segment-words.ts'

const ALL = 'all'
const ROW_PX = 108

interface SegmentListProps extends SegmentRowActions {
  readonly source: Source
  readonly all: readonly Segment[]
  /** Those that the filter lets through. */
  readonly shown: readonly Segment[]
  readonly selectedId: string | null
  readonly onlyFavourites: boolean
  readonly onOnlyFavourites: (only: boolean) => void
  /** Empty for any. */
  readonly keyword: string
  readonly onKeyword: (keyword: string) => void
  readonly isBestFirst: boolean
  readonly onBestFirst: (best: boolean) => void
}

/** The segments of a source beside it. */
export function SegmentList({
  source,
  all,
  shown,
  selectedId,
  onlyFavourites,
  onOnlyFavourites,
  keyword,
  onKeyword,
  isBestFirst,
  onBestFirst,
  ...actions
}: SegmentListProps) {
  const keywords = keywordsOf(all)
  const rows = useMemo(() => (isBestFirst ? bestFirst(shown) : shown), [isBestFirst, shown])
  return (
    <section
      aria-label="Segments"
      className="flex min-h-0 flex-col overflow-hidden rounded-xl border border-line bg-surface lg:absolute lg:inset-0"
    >
      <header className="flex flex-wrap items-center gap-2 border-b border-line py-2 pr-2 pl-3">
        <h2 className="grow font-semibold">
          Segments{' '}
          <span className="font-normal text-soft tabular-nums">
            {shown.length === all.length ? all.length : `${shown.length} of ${all.length}`}
          </span>
        </h2>
        {keywords.length > 0 && (
          <Select
            aria-label="Keyword"
            className="h-7! w-32! px-2! text-[13px]"
            value={keyword === '' ? ALL : keyword}
            onChange={(value) => onKeyword(value === ALL ? '' : value)}
            choices={[
              { value: ALL, label: 'Any keyword' },
              ...[...new Set([...keywords, ...(keyword === '' ? [] : [keyword])])].map((word) => ({
                value: word,
                label: word,
              })),
            ]}
          />
        )}
        {all.length > 1 && (
          <Select
            aria-label="Order"
            className="h-7! w-28! px-2! text-[13px]"
            value={isBestFirst ? 'best' : 'time'}
            onChange={(value) => onBestFirst(value === 'best')}
            choices={[
              { value: 'time', label: 'By time' },
              { value: 'best', label: 'Best first' },
            ]}
          />
        )}
        <Button
          size="small"
          aria-pressed={onlyFavourites}
          className={cx(onlyFavourites && 'border-accent bg-accent-wash text-accent')}
          icon={<Star className={cx('size-3.5', onlyFavourites && 'fill-current')} />}
          onClick={() => onOnlyFavourites(!onlyFavourites)}
        >
          Favourites
        </Button>
      </header>
      {all.length === 0 ? (
        <div className="grid grow place-content-center justify-items-center px-6 py-10 text-center">
          <Scissors className="mb-3 size-6 text-accent" aria-hidden />
          <p className="font-medium">No segments yet</p>
          <p className="mt-1 text-soft text-pretty">
            Press <Key>I</Key> where a moment begins, <Key>O</Key> where it ends, and <Key>Enter</Key> to keep
            it.
          </p>
        </div>
      ) : shown.length === 0 ? (
        <div className="grid grow place-content-center justify-items-center gap-3 px-6 py-10 text-center">
          <p className="text-soft">No segment is like that.</p>
          <Button size="small" onClick={() => (onlyFavourites ? onOnlyFavourites(false) : onKeyword(''))}>
            {onlyFavourites ? 'Show all, favourite or not' : 'Show any keyword'}
          </Button>
        </div>
      ) : (
        <Rows source={source} shown={rows} selectedId={selectedId} {...actions} />
      )}
    </section>
  )
}

interface RowsProps extends SegmentRowActions {
  readonly source: Source
  readonly shown: readonly Segment[]
  readonly selectedId: string | null
}

function Rows({ source, shown, selectedId, ...actions }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 4,
  })
  const selected = shown.findIndex(({ id }) => id === selectedId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where another one is selected.
  useEffect(() => {
    if (selected >= 0) rows.scrollToIndex(selected)
  }, [selectedId])
  return (
    <div ref={scroller} className="min-h-0 grow overflow-y-auto max-lg:max-h-[70dvh]">
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const segment = shown[index]
          return (
            segment && (
              <li
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className="absolute inset-x-0 top-0 border-b border-line"
                style={{ transform: `translateY(${start}px)` }}
              >
                <SegmentRow
                  source={source}
                  segment={segment}
                  isSelected={segment.id === selectedId}
                  {...actions}
                />
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}
