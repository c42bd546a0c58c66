// biome-ignore-all lint/a11y/useSemanticElements: a table has no rows that are only there while they are seen.
// biome-ignore-all lint/a11y/useFocusableInteractive: of a grid, one cell at a time has the focus.
import { memo, type ReactNode } from 'react'
import { describeClip } from '../../data/clip-states.ts'
import type { Clip } from '../../data/clips.ts'
import { ClipCard } from '../../ui/clip-card.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

/** How the cells of a grid look and what they do, the same for all of them. */
export interface CellActions {
  readonly titleOf: (clip: Clip) => string
  readonly noteOf?: ((clip: Clip) => string | undefined) | undefined
  readonly playingId: string | null
  readonly onFocus: (clip: Clip) => void
  readonly onHover: (clip: Clip | null) => void
  readonly onPlay: (clip: Clip) => void
  readonly onPick: (clip: Clip, modifiers: { readonly shiftKey: boolean }) => void
  readonly menuOf: (clip: Clip, isCurrent: boolean) => ReactNode
}

interface CellProps extends CellActions {
  readonly clip: Clip
  readonly column: number
  readonly isCurrent: boolean
  readonly digit: number | null
}

/** While one scrolls, the cards that stay are not drawn anew. */
export const Cell = memo(function Cell({
  clip,
  column,
  isCurrent,
  digit,
  titleOf,
  noteOf,
  playingId,
  onFocus,
  onHover,
  onPlay,
  onPick,
  menuOf,
}: CellProps) {
  const title = titleOf(clip)
  const note = noteOf?.(clip)
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={clip.selected}
      aria-label={describeClip(clip, title)}
      data-clip={clip.id}
      tabIndex={isCurrent ? 0 : -1}
      className="group/cell outline-none"
      onFocus={({ target, currentTarget }) => {
        if (target === currentTarget) onFocus(clip)
      }}
      onPointerMove={({ pointerType, movementX, movementY }) => {
        // A page that scrolls under a pointer at rest is no hovering.
        if (pointerType === 'mouse' && (movementX !== 0 || movementY !== 0)) onHover(clip)
      }}
    >
      <ClipCard
        clip={clip}
        title={title}
        {...(note !== undefined && { note })}
        isPlaying={playingId === clip.id}
        digit={digit}
        isCurrent={isCurrent}
        onPick={(event) => onPick(clip, event)}
        onOpen={(event) => {
          if (!(event.shiftKey || event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          onPick(clip, event)
        }}
        onPlay={() => onPlay(clip)}
        menu={menuOf(clip, isCurrent)}
      />
    </div>
  )
})

export function PendingCell() {
  return (
    <div role="gridcell" aria-label="A clip is being made">
      <Skeleton className="aspect-9/16 rounded-xl" />
      <Skeleton className="mt-2 h-4 w-2/3" />
    </div>
  )
}
