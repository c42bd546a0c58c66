import type { Draft } from './draft.ts'
import type { Segment } from './segments.ts'

/** A segment in its clip, trimmed at its end. */
export interface Placed {
  readonly index: number
  readonly segment: Segment
  readonly endMs: number
}

/**
 * The lengths, in milliseconds, that bring segments to the target. What is too long is trimmed from the ends: first
 * where footage is shared with most other clips, then from the weakest. Never shorter than the target; longer where
 * hard cuts leave no other length.
 */
export function trimmedLengths(
  pool: readonly Segment[],
  chosen: readonly number[],
  uses: readonly number[],
  targetMs: number,
): Map<number, number> {
  const used = (index: number): number => uses[index] ?? 0
  const score = (index: number): number => pool[index]?.score ?? 0
  const lengths = new Map(chosen.map((index) => [index, segmentMs(pool[index])]))
  let over = -targetMs
  for (const length of lengths.values()) over += length
  if (over <= 0) return lengths
  for (const index of [...chosen].sort((a, b) => used(b) - used(a) || score(a) - score(b))) {
    const length = lengths.get(index) ?? 0
    const wanted = length - over
    const range = pool[index]?.lengths.find(({ most }) => most >= wanted)
    const trimmed = Math.max(range?.least ?? length, wanted)
    lengths.set(index, trimmed)
    over -= length - trimmed
    if (over <= 0) break
  }
  return lengths
}

/**
 * Brings a clip to its target and into order: the opening first, then source by source, each from its beginning to
 * its end.
 */
export function arrange(
  pool: readonly Segment[],
  draft: Draft,
  uses: readonly number[],
  targetMs: number,
): Placed[] {
  const lengths = trimmedLengths(pool, draft.chosen, uses, targetMs)
  const [opening, ...rest] = draft.chosen.flatMap((index): Placed[] => {
    const segment = pool[index]
    return segment === undefined
      ? []
      : [{ index, segment, endMs: segment.startMs + (lengths.get(index) ?? 0) }]
  })
  if (opening === undefined) return []
  rest.sort((a, b) => a.segment.source - b.segment.source || a.segment.startMs - b.segment.startMs)
  return [opening, ...rest]
}

const segmentMs = (segment: Segment | undefined): number =>
  segment === undefined ? 0 : segment.endMs - segment.startMs
