import type { Timeline } from '@cutroom/contracts'
import { type Footage, type Segment, segmentOf } from './segments.ts'

/** Of the footage outside of the shots that a clip shows, what is wholly like it counts as much as this; its own shots count as 1. */
const OTHER_SHOTS = 0.5

/** The cuts of a clip, each as a segment; what is not of this footage is left out. `sourceIds` are those of the footage, in its order. */
export const shownBy = (
  timeline: Timeline,
  footage: readonly Footage[],
  sourceIds: readonly string[],
): Segment[] =>
  timeline.flatMap(({ sourceId, start, end }) => {
    const own = footage[sourceIds.indexOf(sourceId)]
    return own === undefined ? [] : [segmentOf(own, Math.round(start * 1000), Math.round(end * 1000))]
  })

/**
 * How much a segment is like what a clip shows, 0 to 1: a segment of one of its shots is like it; of others, one that moves as much
 * and is lit as well is half as much like it, and one that does neither not at all.
 */
export function likeness(segment: Segment, shown: readonly Segment[]): number {
  if (shown.some(({ source, shot }) => source === segment.source && shot === segment.shot)) return 1
  const all = shown.reduce((sum, cut) => sum + lengthOf(cut), 0)
  if (all === 0) return 0
  const mean = (of: (cut: Segment) => number): number =>
    shown.reduce((sum, cut) => sum + of(cut) * lengthOf(cut), 0) / all
  const motion = Math.abs(segment.motion - mean((cut) => cut.motion))
  const light = Math.abs(segment.light - mean((cut) => cut.light))
  return OTHER_SHOTS * (1 - (motion + light) / 2)
}

const lengthOf = ({ startMs, endMs }: Segment): number => endMs - startMs
