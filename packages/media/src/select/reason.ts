import type { Segment } from './segments.ts'
import type { Flaw } from './usable.ts'

/** Why a cut was chosen. Fractions are 0 to 1, times are seconds of the source. */
export interface CutReason {
  readonly role: 'opening' | 'body'
  /** Place of the cut among all segments of its source by motion; 0 is the strongest. */
  readonly motionRank: number
  readonly motion: number
  readonly sharp: number
  readonly light: number
  /** The hard cut on which it starts, or `null`. */
  readonly startsOnHardCut: number | null
  readonly hardCutsInside: number
  /** The sound pauses where it starts or ends. */
  readonly cutsInPause: boolean
  /** Seconds that were trimmed from its end to meet the target. */
  readonly trimmed: number
  /** Other variants that show some of the same footage. */
  readonly sharedWith: number
  /** Set where there was nothing better: what would normally have kept it out. */
  readonly flaw: Flaw | null
}

const FLAW_WORDS: Readonly<Record<Flaw, string>> = {
  black: 'black',
  plain: 'a plain surface',
  dead: 'still',
  blurred: 'blurred',
}

export function reasonFor(
  segment: Segment,
  facts: Pick<CutReason, 'role' | 'motionRank' | 'trimmed' | 'sharedWith'>,
): CutReason {
  return {
    role: facts.role,
    motionRank: facts.motionRank,
    motion: segment.motion,
    sharp: segment.sharp,
    light: segment.light,
    startsOnHardCut: segment.hardCutMs === null ? null : segment.hardCutMs / 1000,
    hardCutsInside: segment.hardCutsInside,
    cutsInPause: segment.quietStart > 0.5 || (segment.quietEnd > 0.5 && facts.trimmed === 0),
    trimmed: facts.trimmed,
    sharedWith: facts.sharedWith,
    flaw: segment.flaw,
  }
}

/** Per segment: the share of its source's segments that move more, 0 for the strongest motion. */
export function motionRanks(pool: readonly Segment[]): number[] {
  const ranks = pool.map(() => 0)
  const bySource = Map.groupBy(
    pool.map((segment, index) => ({ segment, index })),
    ({ segment }) => segment.source,
  )
  for (const entries of bySource.values()) {
    entries.sort((a, b) => b.segment.rawMotion - a.segment.rawMotion || a.index - b.index)
    entries.forEach(({ index }, place) => {
      ranks[index] = place / entries.length
    })
  }
  return ranks
}

/** The reason in one sentence for people. */
export const explain = (reason: CutReason): string =>
  `${reason.role === 'opening' ? 'Opens' : 'Goes on'}: ${merits(reason)}.`

/** What speaks for a cut, in words. */
export function merits(reason: Omit<CutReason, 'role'>): string {
  const { motionRank, motion, sharp, light } = reason
  const picture = [
    motionRank === 0
      ? 'strongest motion of the source'
      : motionRank < 0.15
        ? 'among the strongest motion of the source'
        : motion > 0.6
          ? 'lively'
          : motion > 0.3
            ? 'moving'
            : 'calm',
    ...(sharp > 0.75 ? ['sharp'] : sharp < 0.4 ? ['soft'] : []),
    ...(light > 0.75 ? ['well lit'] : light < 0.4 ? ['dim'] : []),
  ].join(', ')
  const inside = reason.hardCutsInside
  const rest = [
    ...(reason.startsOnHardCut === null
      ? []
      : [`starts on the hard cut at ${reason.startsOnHardCut.toFixed(2)} s`]),
    ...(inside > 0 ? [`holds ${inside === 1 ? 'a hard cut' : `${inside} hard cuts`}`] : []),
    ...(reason.cutsInPause ? ['cut where the sound pauses'] : []),
    ...(reason.trimmed >= 0.05 ? [`trimmed by ${reason.trimmed.toFixed(1)} s`] : []),
    ...(reason.sharedWith > 0
      ? [
          `shared with ${reason.sharedWith === 1 ? 'one other variant' : `${reason.sharedWith} other variants`}`,
        ]
      : []),
    ...(reason.flaw === null ? [] : [`${FLAW_WORDS[reason.flaw]}, used because there is nothing better`]),
  ]
  return [picture, ...rest].join('; ')
}
