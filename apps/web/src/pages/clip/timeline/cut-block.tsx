import type { KeyboardEvent, RefObject } from 'react'
import { useEffect, useRef } from 'react'
import type { Source } from '../../../data/sources.ts'
import { formatExact } from '../../../format.ts'
import { cx } from '../../../ui/class-names.ts'
import { useDrag } from '../dragging.ts'
import type { Cut } from '../editor/content.ts'
import { type Edge, secondsOf } from './edit.ts'
import { Filmstrip } from './filmstrip.tsx'
import { TrimHandle } from './trim-handle.tsx'

export const CUT_HEIGHT = 64

interface CutBlockProps {
  readonly cut: Cut
  readonly index: number
  readonly count: number
  readonly source: Source | undefined
  readonly sourceName: string
  /** Pixels from the left, and of a second. */
  readonly left: number
  readonly scale: number
  readonly isSelected: boolean
  /** Whether it is the one that Tab leads to. */
  readonly isCurrent: boolean
  readonly scroller: RefObject<HTMLElement | null>
  readonly onSelect: () => void
  /** A click, beside that it is selected. */
  readonly onOpen: () => void
  readonly onKey: (event: KeyboardEvent) => void
  /** Pixels that it is dragged by; `null` where it lies in its place. */
  readonly dragged: number | null
  readonly onDrag: (drag: { readonly dx: number; readonly clientX: number }) => void
  readonly onDrop: (isDropped: boolean) => void
  readonly onTrim: (edge: Edge, seconds: number, isRoll: boolean) => void
  readonly onTrimmed: (isDone: boolean) => void
  readonly onNudge: (edge: Edge, frames: number, isRoll: boolean) => void
}

/** A cut of the timeline: pictures of its source, as wide as it is long. */
export function CutBlock(props: CutBlockProps) {
  const { cut, index, count, source, sourceName, left, scale, isSelected, isCurrent, dragged, scroller } =
    props
  const width = secondsOf(cut) * scale
  const { onPointerDown, isDragging } = useDrag({
    scroller,
    onMove: props.onDrag,
    onEnd: (drag) => props.onDrop(drag !== null),
  })
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isSelected) button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isSelected])
  const name = `Cut ${index + 1} of ${count}, ${secondsOf(cut).toFixed(1)} s, from ${sourceName}`
  return (
    <li
      className={cx('group/cut absolute top-0', isDragging ? 'z-20' : isSelected && 'z-10')}
      style={{
        left,
        width,
        height: CUT_HEIGHT,
        ...(dragged !== null && { transform: `translate(${dragged}px, -4px)` }),
      }}
    >
      <button
        ref={button}
        type="button"
        aria-label={name}
        aria-pressed={isSelected}
        tabIndex={isCurrent ? 0 : -1}
        data-cut={index}
        onPointerDown={onPointerDown}
        onFocus={props.onSelect}
        onClick={props.onOpen}
        onKeyDown={props.onKey}
        onContextMenu={(event) => isDragging && event.preventDefault()}
        className={cx(
          'absolute inset-y-0 right-px left-0 touch-pan-x overflow-hidden rounded-md bg-sunken select-none',
          isDragging ? 'cursor-grabbing opacity-90 shadow-xl' : 'cursor-grab',
        )}
      >
        <Filmstrip source={source} start={cut.start} scale={scale} width={width} height={CUT_HEIGHT} />
        <span
          className={cx(
            'absolute inset-0 rounded-md border-2',
            isSelected ? 'border-accent' : 'border-transparent group-hover/cut:border-white/50',
          )}
          aria-hidden
        />
        {width > (isSelected ? 66 : 52) && (
          <span
            className={cx(
              'absolute top-1.5 max-w-[calc(100%-12px)] truncate rounded bg-black/65 px-1 text-[11px] leading-4 font-medium text-white tabular-nums',
              isSelected ? 'left-4.5' : 'left-1.5',
            )}
            aria-hidden
          >
            {secondsOf(cut).toFixed(1)} s
          </span>
        )}
      </button>
      {(['start', 'end'] as const).map((edge) => (
        <TrimHandle
          key={edge}
          edge={edge}
          label={`${edge === 'start' ? 'Start' : 'End'} of cut ${index + 1}`}
          value={cut[edge]}
          valueText={`${formatExact(cut[edge])} of ${sourceName}`}
          isShown={isSelected}
          scroller={scroller}
          scale={scale}
          onTrim={(seconds, isRoll) => props.onTrim(edge, seconds, isRoll)}
          onTrimmed={props.onTrimmed}
          onNudge={(frames, isRoll) => props.onNudge(edge, frames, isRoll)}
          onGrab={props.onSelect}
        />
      ))}
    </li>
  )
}
