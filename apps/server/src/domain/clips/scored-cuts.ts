import type { ClipCut, Cut } from '@cutroom/contracts'
import type { ScoredCut } from '@cutroom/media'
import type { SegmentRow } from '../library/answers.ts'
import { shownCut } from './shown-cut.ts'

/** A cut of a clip, with what fitting wants to know of it, and the segment that it came from. */
export type ClipScoredCut = ScoredCut & { readonly segmentId: string | null }

/** What is thought of a cut or segment of which nothing is known. */
const MIDDLE_SCORE = 0.5
/** Fitting trims a cut down to this, seconds; what is shorter already stays. */
const SHORTEST_CUT = 1.5

/** The cuts of a clip, ready to be fitted: each may grow to the end of the segment that it lies in. */
export function scoredCuts(cuts: readonly ClipCut[], segmentRows: readonly SegmentRow[]): ClipScoredCut[] {
  return cuts.map((cut) => {
    const end = segmentRows
      .filter(
        ({ sourceId, start, end }) => sourceId === cut.sourceId && start <= cut.start && end > cut.start,
      )
      .reduce((most, segment) => Math.max(most, segment.end), cut.end)
    return {
      ...{ sourceId: cut.sourceId, start: cut.start, end: cut.end, why: cut.why, segmentId: cut.segmentId },
      score: cut.score ?? MIDDLE_SCORE,
      shortest: Math.min(SHORTEST_CUT, cut.end - cut.start),
      longest: end - cut.start,
    }
  })
}

/** Segments that a clip may be extended with, the best first. */
export const spareCuts = (segmentRows: readonly SegmentRow[]): ClipScoredCut[] =>
  segmentRows
    .map(({ id, sourceId, start, end, score, why }) => ({
      ...{ sourceId, start, end, why, segmentId: id },
      score: score ?? MIDDLE_SCORE,
      shortest: Math.min(SHORTEST_CUT, end - start),
      longest: end - start,
    }))
    .toSorted((a, b) => b.score - a.score)

/** Fitted cuts as a clip keeps them; those that were there keep what was said of them. */
export const keptCuts = (fitted: readonly ScoredCut[], before: readonly ClipCut[]): ClipCut[] =>
  fitted.map((cut) => {
    const { sourceId, start, end, score, why } = cut
    const own = before.find((other) => other.sourceId === sourceId && other.start === start)
    const segmentId = own?.segmentId ?? (cut as Partial<ClipScoredCut>).segmentId ?? null
    const { focus } = own ?? {}
    return {
      ...shownCut({ sourceId, start, end, focus }),
      ...{ score: own === undefined ? score : own.score, why, segmentId },
    }
  })

/** Cuts of a selection with the segment that each shows most of, where one covers half of it. */
export function withSegments(cuts: readonly ScoredCut[], segmentRows: readonly SegmentRow[]): ClipCut[] {
  return cuts.map((cut) => {
    const { sourceId, start, end, score, why } = cut
    const best = segmentRows
      .map((segment) => ({ id: segment.id, shared: sharedSeconds(cut, segment) }))
      .reduce((most, next) => (next.shared > most.shared ? next : most), { id: '', shared: 0 })
    const segmentId = best.shared >= (end - start) / 2 ? best.id : null
    return { sourceId, start, end, score, why, segmentId }
  })
}

const sharedSeconds = (a: Cut, b: Cut): number =>
  a.sourceId === b.sourceId ? Math.min(a.end, b.end) - Math.max(a.start, b.start) : 0
