import type { Segment } from '../../data/segments.ts'
import { formatClock, formatExact } from '../../format.ts'

type Named = Pick<Segment, 'name' | 'start' | 'end'>

/** What a segment is called: its name, or its times. */
export const segmentLabel = ({ name, start, end }: Named): string =>
  name === '' ? `${formatExact(start)} – ${formatExact(end)}` : name

/** The same for those who look: without fractions of a second. */
export const segmentName = ({ name, start, end }: Named): string =>
  name === '' ? `${formatClock(start)}–${formatClock(end)}` : name

/** What a person marked, then what was found, the better the earlier. */
export const bestFirst = <T extends Pick<Segment, 'score'>>(segments: readonly T[]): T[] =>
  segments.toSorted((a, b) => (b.score ?? 2) - (a.score ?? 2))

/** Every keyword of some segments, the most frequent first. */
export function keywordsOf(segments: readonly Pick<Segment, 'keywords'>[]): string[] {
  const counts = new Map<string, number>()
  for (const { keywords } of segments)
    for (const keyword of keywords) counts.set(keyword, (counts.get(keyword) ?? 0) + 1)
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || a.localeCompare(b))
    .map(([keyword]) => keyword)
}
