/** Walking and picking on a board of cards that fill rows from left to right. Pure. */

export type Move = 'left' | 'right' | 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last'

export interface BoardShape {
  /** Cards on the board. */
  readonly count: number
  readonly columns: number
  /** Rows that fit on the screen. */
  readonly rowsInView: number
}

/** Where a move from a card leads. `null` on an empty board; the first card where there was none before. */
export function movedTo(
  from: number | null,
  move: Move,
  { count, columns, rowsInView }: BoardShape,
): number | null {
  const last = count - 1
  if (last < 0) return null
  if (from === null) return move === 'last' ? last : 0
  const byRows = (rows: number): number => {
    const target = from + rows * columns
    const lastRow = Math.floor(last / columns)
    if (target < 0) return from % columns
    if (target <= last) return target
    // Under a card of the row before last there may be a gap: the last card stands beside it.
    return Math.floor(from / columns) === lastRow
      ? from
      : Math.min(last, lastRow * columns + (from % columns))
  }
  switch (move) {
    case 'left':
      return Math.max(0, from - 1)
    case 'right':
      return Math.min(last, from + 1)
    case 'up':
      return from < columns ? from : byRows(-1)
    case 'down':
      return byRows(1)
    case 'page-up':
      return byRows(-rowsInView)
    case 'page-down':
      return byRows(rowsInView)
    case 'first':
      return 0
    case 'last':
      return last
  }
}

/** The ids from one to the other, both of them with. Only `to` where `from` is not on the board. */
export function idsBetween(ids: readonly string[], from: string | null, to: string): string[] {
  const start = from === null ? -1 : ids.indexOf(from)
  const end = ids.indexOf(to)
  if (end < 0) return []
  if (start < 0) return [to]
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1)
}

/** The card that takes the place of the current one when cards go: the next that stays, else the one before; `null` on an empty board. */
export function heirOf(ids: readonly string[], gone: ReadonlySet<string>, current: string): string | null {
  const at = ids.indexOf(current)
  if (at < 0) return null
  const stays = (id: string) => !gone.has(id)
  return ids.slice(at).find(stays) ?? ids.slice(0, at).findLast(stays) ?? null
}

/** The key, 1 to 9, of a card: they count from the first card on the screen. `null` for those without one. */
export function digitOf(index: number, firstInView: number): number | null {
  const digit = index - firstInView + 1
  return digit >= 1 && digit <= 9 ? digit : null
}

/** Cards beside each other on a board so wide, pixels. */
export const columnsOn = (width: number, { cardWidth, gap }: { cardWidth: number; gap: number }): number =>
  Math.max(2, Math.floor((width + gap) / (cardWidth + gap)))
