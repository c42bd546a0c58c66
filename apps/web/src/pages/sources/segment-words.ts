import type { Segment } from '../../data/segments.ts'
import { formatExact } from '../../format.ts'

type Named = Pick<Segment, 'name' | 'start' | 'end'>

/** What a segment is called: its name, or its times. */
export const segmentLabel = ({ name, start, end }: Named): string =>
  name === '' ? `${formatExact(start)} – ${formatExact(end)}` : name

/** Every keyword of some segments, the most frequent first. */
export function keywordsOf(segments: readonly Pick<Segment, 'keywords'>[]): string[] {
  const counts = new Map<string, number>()
  for (const { keywords } of segments)
    for (const keyword of keywords) counts.set(keyword, (counts.get(keyword) ?? 0) + 1)
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || a.localeCompare(b))
    .map(([keyword]) => keyword)
}
