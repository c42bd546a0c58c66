import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { usePlace } from '../../ui/use-place.ts'

const GAP = 16
const LEAST_WIDTH = 220
/** Below the picture of a card. */
const WORDS_PX = 60

interface SourceGridProps<T> {
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string
  readonly children: (item: T) => ReactNode
  /** Called where the last rows come in sight. */
  readonly onEnd: () => void
}

/** Cards in rows, of which only those in sight are drawn. */
export function SourceGrid<T>({ items, keyOf, children, onEnd }: SourceGridProps<T>) {
  const box = useRef<HTMLDivElement>(null)
  const { top, width } = usePlace(box)
  const columns = Math.max(width < 480 ? 2 : 1, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)))
  const cardWidth = (width - GAP * (columns - 1)) / columns
  const rowHeight = Math.round((cardWidth * 9) / 16) + WORDS_PX + GAP
  const rows = useWindowVirtualizer({
    count: Math.ceil(items.length / columns),
    estimateSize: () => rowHeight,
    scrollMargin: top,
    overscan: 3,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heights follow the width.
  useLayoutEffect(() => rows.measure(), [rowHeight])
  const last = rows.getVirtualItems().at(-1)?.index ?? 0
  const isEnd = (last + 1) * columns >= items.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: more may come into sight without leaving its end.
  useEffect(() => {
    if (isEnd) onEnd()
  }, [isEnd, onEnd, items.length])
  return (
    <div ref={box} className="relative" style={{ height: rows.getTotalSize() - GAP }}>
      {width > 0 &&
        rows.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            className="absolute inset-x-0 top-0 grid"
            style={{
              transform: `translateY(${start - top}px)`,
              height: rowHeight - GAP,
              gap: GAP,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {items.slice(index * columns, (index + 1) * columns).map((item) => (
              <div key={keyOf(item)} className="min-w-0">
                {children(item)}
              </div>
            ))}
          </div>
        ))}
    </div>
  )
}
