import type { Cut } from '../editor/content.ts'
import { clamp, micros } from '../numbers.ts'
import type { Focus } from '../player/shown.ts'

/** How a timeline is cut. Seconds, on the grid of the clip's frames; cuts follow each other without gaps, so that all that comes after a change moves with it. */

export const SHORTEST_CUT = 0.1
export const SHORTEST_CLIP = 0.5
export const LONGEST_CLIP = 600
export const MOST_CUTS = 400

export type Cuts = readonly Cut[]
export type Edge = 'start' | 'end'

/** New cuts, or why there are none, for people. */
export type Edited =
  | { readonly cuts: Cuts; readonly refusal?: never }
  | { readonly refusal: string; readonly cuts?: never }

/** What limits an edit. */
export interface Grid {
  readonly framesPerSecond: number
  /** Length of a source; infinite where it is not known. */
  readonly durationOf: (sourceId: string) => number
}

export const secondsOf = ({ start, end }: Pick<Cut, 'start' | 'end'>): number => micros(end - start)
export const lengthOf = (cuts: Cuts): number =>
  micros(cuts.reduce((sum, cut) => sum + cut.end - cut.start, 0))

/** When each cut is shown first. */
export function startsOf(cuts: Cuts): number[] {
  let at = 0
  return cuts.map((cut) => {
    const start = micros(at)
    at += cut.end - cut.start
    return start
  })
}

/** Index of the cut that is shown at a time; the last one from the end on. */
export function indexAt(cuts: Cuts, seconds: number): number {
  const starts = startsOf(cuts)
  return Math.max(
    0,
    starts.findLastIndex((start) => start <= seconds + 1e-6),
  )
}

/** The nearest frame of the clip. */
export const onFrame = (seconds: number, framesPerSecond: number): number =>
  micros(Math.round(seconds * framesPerSecond) / framesPerSecond)

/** The nearest of some places, where one is within reach; the place itself otherwise. */
export function snapped(seconds: number, places: readonly number[], reach: number): number {
  let [best, distance] = [seconds, reach]
  for (const place of places) {
    if (Math.abs(place - seconds) > distance) continue
    best = place
    distance = Math.abs(place - seconds)
  }
  return best
}

const TOO_SHORT = `A clip lasts ${SHORTEST_CLIP} s at least.`
const TOO_LONG = `A clip lasts ${LONGEST_CLIP / 60} minutes at most.`

/** How far an edge may be moved: seconds, negative ones to the left. */
export function reachOf(
  cuts: Cuts,
  index: number,
  edge: Edge,
  { durationOf }: Grid,
): readonly [number, number] {
  const cut = cuts[index]
  if (cut === undefined) return [0, 0]
  const [length, seconds] = [lengthOf(cuts), secondsOf(cut)]
  const shorter = Math.max(0, Math.min(seconds - SHORTEST_CUT, length - SHORTEST_CLIP))
  const room = edge === 'start' ? cut.start : durationOf(cut.sourceId) - cut.end
  const longer = Math.max(0, Math.min(room, LONGEST_CLIP - length))
  return edge === 'start' ? [-longer, shorter] : [-shorter, longer]
}

/** Moves an edge of a cut as far as it can go; the cut lasts whole frames, unless a limit is nearer. */
export function trim(cuts: Cuts, index: number, edge: Edge, by: number, grid: Grid): Cuts {
  const cut = cuts[index]
  if (cut === undefined) return cuts
  const [least, most] = reachOf(cuts, index, edge, grid)
  const away = edge === 'end' ? 1 : -1
  const seconds = onFrame(secondsOf(cut) + away * clamp(by, least, most), grid.framesPerSecond)
  const moved = clamp(away * (seconds - secondsOf(cut)), least, most)
  if (Math.abs(moved) < 1e-6) return cuts
  return cuts.with(index, { ...cut, [edge]: micros(cut[edge] + moved) })
}

/** Moves the boundary between a cut and the next one: the clip keeps its length. */
export function roll(cuts: Cuts, index: number, by: number, grid: Grid): Cuts {
  const [left, right] = [cuts[index], cuts[index + 1]]
  if (left === undefined || right === undefined) return cuts
  const least = Math.max(-(secondsOf(left) - SHORTEST_CUT), -right.start)
  const most = Math.min(secondsOf(right) - SHORTEST_CUT, grid.durationOf(left.sourceId) - left.end)
  if (least > most) return cuts
  const boundary = onFrame(secondsOf(left) + clamp(by, least, most), grid.framesPerSecond)
  const moved = clamp(boundary - secondsOf(left), least, most)
  if (Math.abs(moved) < 1e-6) return cuts
  return cuts
    .with(index, { ...left, end: micros(left.end + moved) })
    .with(index + 1, { ...right, start: micros(right.start + moved) })
}

/** Makes two cuts of the one that is shown at a time. */
export function split(
  cuts: Cuts,
  seconds: number,
  { framesPerSecond }: Pick<Grid, 'framesPerSecond'>,
): Edited {
  const index = indexAt(cuts, seconds)
  const cut = cuts[index]
  if (cut === undefined) return { cuts }
  const offset = onFrame(seconds, framesPerSecond) - (startsOf(cuts)[index] ?? 0)
  if (offset < SHORTEST_CUT - 1e-6 || secondsOf(cut) - offset < SHORTEST_CUT - 1e-6)
    return { refusal: `There is no room to split here: a cut lasts ${SHORTEST_CUT} s at least.` }
  if (cuts.length >= MOST_CUTS) return { refusal: `A clip has ${MOST_CUTS} cuts at most.` }
  const middle = micros(cut.start + offset)
  return { cuts: cuts.toSpliced(index, 1, { ...cut, end: middle }, { ...cut, start: middle }) }
}

/** Shows a cut at another place; `to` counts without it. */
export function move(cuts: Cuts, from: number, to: number): Cuts {
  const cut = cuts[from]
  const target = clamp(to, 0, cuts.length - 1)
  if (cut === undefined || target === from) return cuts
  return cuts.toSpliced(from, 1).toSpliced(target, 0, cut)
}

export function remove(cuts: Cuts, index: number): Edited {
  const rest = cuts.toSpliced(index, 1)
  return lengthOf(rest) < SHORTEST_CLIP - 1e-6 ? { refusal: TOO_SHORT } : { cuts: rest }
}

/** Puts a cut before the one that is at an index now. */
export function insert(cuts: Cuts, index: number, cut: Cut): Edited {
  if (cuts.length >= MOST_CUTS) return { refusal: `A clip has ${MOST_CUTS} cuts at most.` }
  return fitting(cuts.toSpliced(index, 0, cut))
}

export function duplicate(cuts: Cuts, index: number): Edited {
  const cut = cuts[index]
  return cut === undefined ? { cuts } : insert(cuts, index + 1, cut)
}

/** Puts another point of its picture into the middle of a cut's frame. */
export function reframe(cuts: Cuts, index: number, focus: Focus): Cuts {
  const cut = cuts[index]
  return cut === undefined ? cuts : cuts.with(index, { ...cut, focus })
}

export const replace = (cuts: Cuts, index: number, cut: Cut): Edited => fitting(cuts.with(index, cut))

function fitting(cuts: Cuts): Edited {
  const length = lengthOf(cuts)
  if (length > LONGEST_CLIP + 1e-6) return { refusal: TOO_LONG }
  return length < SHORTEST_CLIP - 1e-6 ? { refusal: TOO_SHORT } : { cuts }
}

/** A moment made as long as the cut that it replaces: from its start on, over its end where it is shorter, and from before it where its source ends. */
export function lasting<T extends Cut>(
  moment: T,
  seconds: number,
  { durationOf }: Pick<Grid, 'durationOf'>,
): T {
  const end = Math.min(durationOf(moment.sourceId), moment.start + seconds)
  return { ...moment, start: micros(Math.max(0, end - seconds)), end: micros(end) }
}
