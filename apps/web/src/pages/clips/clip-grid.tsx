// biome-ignore-all lint/a11y/useSemanticElements: a table has no rows that are only there while they are seen.
// biome-ignore-all lint/a11y/useFocusableInteractive: of a grid, one cell at a time has the focus.
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { Clip } from '../../data/clips.ts'
import { usePlace } from '../../ui/use-place.ts'
import { type BoardShape, columnsOn, digitOf } from './board.ts'
import { Cell, type CellActions, PendingCell } from './clip-cell.tsx'

/** Pixels. */
const CARD_WIDTH = 168
const WORDS_HEIGHT = 48
/** What lies over the page at its top and bottom. */
const COVERED = { top: 72, bottom: 96 }

export interface GridHandle {
  shape(): BoardShape
  /** Index of the first card of which most is seen. */
  firstInView(): number
  /** Brings a card into view and gives it the focus. */
  focus(index: number): void
}

interface ClipGridProps extends CellActions {
  readonly ref: Ref<GridHandle>
  readonly label: string
  readonly clips: readonly Clip[]
  /** Clips that are being made. */
  readonly pending: number
  readonly currentId: string | null
  /** Whether the keys 1 to 9 are shown. */
  readonly showDigits: boolean
  /** The end of what is loaded comes near. */
  readonly onNearEnd?: (() => void) | undefined
}

/** Clips as rows of cards, of which only those near the screen exist. */
export function ClipGrid(props: ClipGridProps) {
  const { ref, label, clips, pending, currentId, showDigits, onNearEnd, ...cell } = props
  const { onHover } = cell
  const box = useRef<HTMLDivElement>(null)
  const { top, width } = usePlace(box)
  const gap = width < 480 ? 12 : 16
  const columns = columnsOn(width, { cardWidth: CARD_WIDTH, gap })
  const cardWidth = (width - gap * (columns - 1)) / columns
  const rowHeight = Math.round((cardWidth * 16) / 9) + WORDS_HEIGHT + gap
  const cells = clips.length + pending
  const rows = width === 0 ? 0 : Math.ceil(cells / columns)
  const virtual = useWindowVirtualizer({
    count: rows,
    estimateSize: () => rowHeight,
    overscan: 2,
    scrollMargin: top,
    scrollPaddingStart: COVERED.top,
    scrollPaddingEnd: COVERED.bottom,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are measured anew when their height changes.
  useEffect(() => virtual.measure(), [rowHeight, virtual])
  const items = virtual.getVirtualItems()
  const lastRow = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows > 0 && lastRow >= rows - 3) onNearEnd?.()
  }, [lastRow, rows, onNearEnd])

  const firstInView = (): number => {
    const above = window.scrollY + COVERED.top - top
    return Math.max(0, Math.ceil((above - rowHeight / 2) / rowHeight)) * columns
  }
  useImperativeHandle(ref, () => ({
    shape: () => ({
      ...{ count: clips.length, columns },
      rowsInView: Math.max(1, Math.floor((window.innerHeight - COVERED.top - COVERED.bottom) / rowHeight)),
    }),
    firstInView,
    focus(index) {
      const clip = clips[index]
      if (clip === undefined) return
      virtual.scrollToIndex(Math.floor(index / columns), { align: 'auto' })
      // The row of a card that was far away is drawn after the next frame.
      focusSoon(box, clip.id, 10)
    },
  }))
  const first = firstInView()
  return (
    <div
      ref={box}
      role="grid"
      aria-label={label}
      aria-rowcount={rows}
      aria-colcount={columns}
      aria-multiselectable
      onPointerLeave={() => onHover(null)}
      className="relative w-full min-w-0"
      style={{ height: virtual.getTotalSize() }}
    >
      {items.map((row) => (
        <div
          key={row.key}
          role="row"
          aria-rowindex={row.index + 1}
          className="absolute inset-x-0 top-0 grid"
          style={{
            ...{ gap, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` },
            transform: `translateY(${row.start - top}px)`,
          }}
        >
          {Array.from({ length: Math.min(columns, cells - row.index * columns) }, (_, column) => {
            const index = row.index * columns + column
            const clip = clips[index]
            if (clip === undefined) return <PendingCell key={`pending-${index}`} />
            return (
              <Cell
                key={clip.id}
                {...cell}
                clip={clip}
                column={column}
                isCurrent={currentId === clip.id || (currentId === null && index === 0)}
                digit={showDigits ? digitOf(index, first) : null}
              />
            )
          })}
        </div>
      ))}
    </div>
  )
}

function focusSoon(box: { readonly current: HTMLElement | null }, id: string, tries: number): void {
  const cell = box.current?.querySelector<HTMLElement>(`[data-clip="${id}"]`)
  if (cell) cell.focus({ preventScroll: true })
  else if (tries > 0) requestAnimationFrame(() => focusSoon(box, id, tries - 1))
}
