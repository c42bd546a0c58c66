import { clamp, micros } from '../../numbers.ts'
import { SHORTEST_CUT } from '../edit.ts'

/** A part of a source, seconds. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A range with an edge, or as a whole, somewhere else; it stays inside of its source and lasts as long as the shortest cut at least. */
export function ranged(
  { start, end }: Range,
  what: 'start' | 'end' | 'whole',
  to: number,
  duration: number,
): Range {
  if (what === 'start') return { start: micros(clamp(to, 0, end - SHORTEST_CUT)), end }
  if (what === 'end') return { start, end: micros(clamp(to, start + SHORTEST_CUT, duration)) }
  const from = clamp(to, 0, Math.max(0, duration - (end - start)))
  return { start: micros(from), end: micros(from + end - start) }
}
