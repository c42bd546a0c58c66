import type { Segment } from '../../../../data/segments.ts'
import type { Cut } from '../../editor/content.ts'

/** A moment as a cut of its whole length. */
export const cutOf = ({ id, sourceId, start, end, score, why }: Segment): Cut => ({
  ...{ sourceId, start, end, score, why },
  segmentId: id,
})

/** Those whose words hold all that is searched for, the favourites and the best first. */
export function foundMoments(moments: readonly Segment[], sourceName: string, search: string): Segment[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return moments
    .filter(({ name, keywords, why }) => {
      const words = [name, why, sourceName, ...keywords].join(' ').toLowerCase()
      return wanted.every((word) => words.includes(word))
    })
    .toSorted(
      (a, b) =>
        Number(b.favourite) - Number(a.favourite) || (b.score ?? 1) - (a.score ?? 1) || a.start - b.start,
    )
}
