import type { Features } from '../features/features.ts'
import { mulberry32 } from './random.ts'
import { merits, motionRanks, reasonFor } from './reason.ts'
import { goodSegments, look } from './segments.ts'
import { type Flaw, type Labels, STEP_MS } from './usable.ts'

/** A time range of a source that is worth showing. Seconds. */
export interface FoundSegment {
  readonly start: number
  readonly end: number
  /** 0 to 1, comparable inside of the source. */
  readonly score: number
  /** Why it is worth showing, in one sentence. */
  readonly why: string
}

/** What is not worth showing. Seconds. */
export interface FlawedRange {
  readonly start: number
  readonly end: number
  readonly flaw: Flaw
}

/** What selection thinks of one source on its own. */
export interface Findings {
  /** The best, in the order of the source; they never overlap. */
  readonly segments: readonly FoundSegment[]
  /** Seconds of footage worth showing, whether it is among `segments` or not. */
  readonly usableSeconds: number
  readonly flaws: readonly FlawedRange[]
}

/** Only the pace varies with it: any fixed one gives the same segments each time. */
const SEED = 1

/** Looks for what can be shown of a source, at most `most` segments of it. Pure. */
export function findSegments(features: Features, most: number): Findings {
  const footage = look(features, 0)
  const pool = goodSegments(footage, mulberry32(SEED))
  const ranks = motionRanks(pool)
  const best = pool
    .map((segment, index) => ({ segment, rank: ranks[index] ?? 1 }))
    .sort((a, b) => b.segment.score - a.segment.score)
    .slice(0, most)
    .sort((a, b) => a.segment.startMs - b.segment.startMs)
  return {
    segments: best.map(({ segment, rank }) => ({
      start: segment.startMs / 1000,
      end: segment.endMs / 1000,
      score: segment.score,
      why: sentence(
        merits(reasonFor(segment, { role: 'body', motionRank: rank, trimmed: 0, sharedWith: 0 })),
      ),
    })),
    usableSeconds: pool.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / 1000,
    flaws: rangesOf(footage.labels, features.durationSeconds),
  }
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

function rangesOf(labels: Labels, durationSeconds: number): FlawedRange[] {
  const ranges: FlawedRange[] = []
  let from = 0
  for (let i = 1; i <= labels.length; i++) {
    const flaw = labels[from]
    if (labels[i] === flaw && i < labels.length) continue
    const end = Math.min(durationSeconds, (i * STEP_MS) / 1000)
    if (flaw != null) ranges.push({ start: (from * STEP_MS) / 1000, end, flaw })
    from = i
  }
  return ranges
}
