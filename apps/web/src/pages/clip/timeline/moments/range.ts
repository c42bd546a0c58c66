/** A part of a source, seconds. */
export interface Range {
  readonly start: number
  readonly end: number
}

const SHORTEST = 0.1
const micros = (seconds: number): number => Math.round(seconds * 1e6) / 1e6
const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))

/** A range with an edge, or as a whole, somewhere else; it stays inside of its source and lasts a tenth of a second at least. */
export function ranged(
  { start, end }: Range,
  what: 'start' | 'end' | 'whole',
  to: number,
  duration: number,
): Range {
  if (what === 'start') return { start: micros(clamp(to, 0, end - SHORTEST)), end }
  if (what === 'end') return { start, end: micros(clamp(to, start + SHORTEST, duration)) }
  const from = clamp(to, 0, Math.max(0, duration - (end - start)))
  return { start: micros(from), end: micros(from + end - start) }
}
