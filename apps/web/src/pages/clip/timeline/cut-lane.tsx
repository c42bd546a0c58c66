import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Source } from '../../../data/sources.ts'
import type { Playback } from '../player/playback.ts'
import { CUT_HEIGHT, CutBlock } from './cut-block.tsx'
import type { CutCommands } from './cut-commands.ts'
import {
  type Cuts,
  type Edge,
  type Grid,
  lengthOf,
  roll,
  secondsOf,
  snapped,
  startsOf,
  trim,
} from './edit.ts'
import { snapPlaces } from './snap-places.ts'

/** How near a place attracts an edge, pixels. */
const SNAP_PX = 7

interface CutLaneProps {
  readonly cuts: Cuts
  readonly sources: ReadonlyMap<string, Source>
  readonly nameOf: (sourceId: string) => string
  readonly scale: number
  readonly grid: Grid
  readonly playback: Playback
  readonly commands: CutCommands
  readonly selected: number | null
  readonly select: (index: number | null) => void
  readonly scroller: RefObject<HTMLElement | null>
  /** Cuts as they would be, while an edge is dragged; `null` afterwards. */
  readonly onPreview: (cuts: Cuts | null) => void
  /** Tells by how many pixels all of it is moved while a start is trimmed. */
  readonly onShift: (pixels: number) => void
}

interface Trimming {
  readonly cuts: Cuts
  readonly edge: Edge
  readonly isRoll: boolean
}

/** The cuts side by side: dragged to another place, trimmed at their edges, selected. */
export function CutLane(props: CutLaneProps) {
  const { cuts, sources, nameOf, scale, grid, playback, commands, selected, select, scroller, onPreview } =
    props
  const lane = useRef<HTMLOListElement>(null)
  const [trimming, setTrimming] = useState<Trimming | null>(null)
  const [moving, setMoving] = useState<{
    readonly index: number
    readonly dx: number
    readonly to: number
  } | null>(null)
  const shown = trimming?.cuts ?? cuts
  const starts = startsOf(shown)
  // The edge follows the pointer: where the start is trimmed, what lies after it stays in its place.
  const shift =
    trimming?.edge === 'start' && !trimming.isRoll ? (lengthOf(cuts) - lengthOf(trimming.cuts)) * scale : 0

  const { onShift } = props
  useLayoutEffect(() => onShift(shift), [onShift, shift])
  // The keyboard stays with the cut that it moved or made.
  useEffect(() => {
    const cut = lane.current?.querySelector<HTMLElement>(`[data-cut="${selected}"]`)
    if (document.activeElement?.matches('[data-cut]')) cut?.focus()
  }, [selected])

  function onTrim(index: number, edge: Edge, seconds: number, isRoll: boolean): void {
    const cut = cuts[index]
    if (cut === undefined) return
    const places = snapPlaces(cuts, index, edge, {
      playhead: playback.time(),
      shots: sources.get(cut.sourceId)?.summary?.cuts ?? [],
    })
    const by = snapped(seconds, places, SNAP_PX / scale)
    const pair = edge === 'end' ? index : index - 1
    const next = isRoll ? roll(cuts, pair, by, grid) : trim(cuts, index, edge, by, grid)
    setTrimming({ cuts: next, edge, isRoll })
    onPreview(next)
    const [at, trimmed] = [startsOf(next)[index] ?? 0, next[index]]
    playback.pause()
    playback.seek(edge === 'start' ? at : at + (trimmed ? secondsOf(trimmed) : 0) - 1 / grid.framesPerSecond)
  }
  function onTrimmed(isDone: boolean): void {
    setTrimming(null)
    onPreview(null)
    if (isDone && trimming !== null) commands.trimmed(trimming.cuts, trimming.isRoll)
  }
  function onDrag(index: number, { dx, clientX }: { readonly dx: number; readonly clientX: number }): void {
    const x = clientX - (lane.current?.getBoundingClientRect().left ?? 0)
    const middles = cuts.map((cut, at) => ((starts[at] ?? 0) + secondsOf(cut) / 2) * scale)
    const to = middles.filter((middle, at) => at !== index && middle < x).length
    setMoving({ index, dx, to })
  }
  function onDrop(isDropped: boolean): void {
    setMoving(null)
    if (isDropped && moving !== null) commands.moveTo(moving.index, moving.to)
  }
  function focusCut(index: number): void {
    const to = Math.min(cuts.length - 1, Math.max(0, index))
    select(to)
    playback.seek(starts[to] ?? 0)
    lane.current?.querySelector<HTMLElement>(`[data-cut="${to}"]`)?.focus()
  }
  function onKey(index: number, event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey, shiftKey, repeat } = event
    if (ctrlKey || metaKey || shiftKey) return
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[key]
    const to = direction === undefined ? { Home: 0, End: cuts.length - 1 }[key] : index + direction
    if (to === undefined && key !== ' ') return
    event.preventDefault()
    if (key === ' ') {
      if (!repeat) playback.toggle()
    } else if (altKey && direction !== undefined) {
      commands.moveTo(index, Math.min(cuts.length - 1, Math.max(0, index + direction)))
    } else if (!altKey && to !== undefined) focusCut(to)
  }
  const current = selected ?? 0

  return (
    <ol
      ref={lane}
      aria-label="Cuts"
      className="relative my-2"
      style={{ height: CUT_HEIGHT, ...(shift !== 0 && { transform: `translateX(${shift}px)` }) }}
    >
      {shown.map((cut, index) => (
        <CutBlock
          // biome-ignore lint/suspicious/noArrayIndexKey: the same moment may be shown twice; cuts have no names of their own.
          key={index}
          cut={cut}
          index={index}
          count={shown.length}
          source={sources.get(cut.sourceId)}
          sourceName={nameOf(cut.sourceId)}
          left={(starts[index] ?? 0) * scale}
          scale={scale}
          isSelected={selected === index}
          isCurrent={current === index}
          scroller={scroller}
          onSelect={() => select(index)}
          onOpen={() => {
            select(index)
            const [from, until] = [starts[index] ?? 0, (starts[index] ?? 0) + secondsOf(cut)]
            if (playback.time() < from - 1e-3 || playback.time() >= until) playback.seek(from)
          }}
          onKey={(event) => onKey(index, event)}
          dragged={moving?.index === index ? moving.dx : null}
          onDrag={(drag) => onDrag(index, drag)}
          onDrop={onDrop}
          onTrim={(edge, seconds, isRoll) => onTrim(index, edge, seconds, isRoll)}
          onTrimmed={onTrimmed}
          onNudge={commands.nudge}
        />
      ))}
      {moving !== null && moving.to !== moving.index && (
        <li
          aria-hidden
          className="absolute -inset-y-1 z-30 w-1 -translate-x-1/2 rounded-full bg-accent"
          style={{ left: boundaryBefore(cuts, moving.to + (moving.to > moving.index ? 1 : 0)) * scale }}
        />
      )}
    </ol>
  )
}

/** Seconds of the clip at which a cut begins; the end of the clip for one that would come after the last. */
const boundaryBefore = (cuts: Cuts, index: number): number => startsOf(cuts)[index] ?? lengthOf(cuts)
