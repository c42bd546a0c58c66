import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { usePlace } from './use-place.ts'

interface WindowListProps<T> {
  readonly label: string
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string
  /** Pixels that a row takes, about; each is measured when it is drawn. */
  readonly rowHeight: number
  readonly children: (item: T) => ReactNode
  /** The end of what is loaded comes near. */
  readonly onNearEnd?: () => void
}

/** Rows under one another that scroll with the page, of which only those near the screen exist. */
export function WindowList<T>({ label, items, keyOf, rowHeight, children, onNearEnd }: WindowListProps<T>) {
  const box = useRef<HTMLUListElement>(null)
  const { top } = usePlace(box)
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(items[index] as T),
    overscan: 6,
    scrollMargin: top,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (items.length > 0 && last >= items.length - 10) onNearEnd?.()
  }, [last, items.length, onNearEnd])
  return (
    <ul ref={box} aria-label={label} className="relative w-full" style={{ height: virtual.getTotalSize() }}>
      {rows.map(({ key, index, start }) => {
        const item = items[index]
        if (item === undefined) return null
        return (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            aria-setsize={items.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start - top}px)` }}
          >
            {children(item)}
          </li>
        )
      })}
    </ul>
  )
}
