import { type Cut, CutroomError, type Timeline } from '@cutroom/contracts'
import type { Features } from '../features/features.ts'
import type { Pictures } from './alike.ts'
import { arrange, type Placed } from './arrange.ts'
import { type Draft, draftClips, spareSegments, TOLERANCE_MS } from './draft.ts'
import { improveDrafts } from './improve.ts'
import { likeness, shownBy } from './like.ts'
import {
  lengthMs,
  noteAlike,
  noteFlawed,
  noteOpenings,
  noteReuse,
  noteShort,
  OPENING_LOST,
  type SelectionNote,
} from './notes.ts'
import { leastMeanOverlap, type Overlap, overlapOf } from './overlap.ts'
import { mulberry32 } from './random.ts'
import { type CutReason, explain, motionRanks, reasonFor } from './reason.ts'
import { type Footage, flawedSegments, goodSegments, look, type Segment } from './segments.ts'
import { FLAWS, type Flaw, STEP_MS } from './usable.ts'

export interface SelectionSource {
  readonly sourceId: string
  readonly features: Features
}

export interface SelectionOptions {
  /** How many variants, 1 to 20. */
  readonly count: number
  /** Length of every variant in seconds, 1.5 to 600. */
  readonly targetSeconds: number
  /** Any integer: another seed gives other variants, the same seed the same. */
  readonly seed: number
  /** Take flawed footage, or less than the target, instead of failing. Never black. */
  readonly bestEffort?: boolean
  /** Timelines that exist already and that the new ones should differ from. */
  readonly avoid?: readonly Timeline[]
  /**
   * A timeline that the new ones shall be like: they open with its first cut as it is; and of the footage that is shown least, they
   * take first what lies in the shots that it shows, then what moves as much and is lit as well.
   */
  readonly like?: Timeline
}

/** A cut that knows how good it is and how far its end may move; seconds. */
export interface ScoredCut extends Cut {
  /** 0 to 1, comparable inside a project. */
  readonly score: number
  /** The shortest and the longest it may become by moving its end, so that it stays clear of hard cuts and flaws. */
  readonly shortest: number
  readonly longest: number
  /** Why it is worth showing, in one sentence. */
  readonly why: string
}

export interface SelectedCut extends ScoredCut {
  readonly reason: CutReason
}

export interface Variant {
  readonly cuts: readonly SelectedCut[]
  readonly seconds: number
  /** Further segments that suit this variant, best first, at most 24: what `fitTimeline` extends it with. */
  readonly unused: readonly SelectedCut[]
}

/** Seconds of footage that were left out, by reason; `scraps` is what lies between and is too short for a cut. */
export type Excluded = Readonly<Record<Flaw | 'scraps', number>>

export interface Selection {
  readonly variants: readonly Variant[]
  readonly overlap: Overlap
  readonly usableSeconds: number
  readonly excluded: Excluded
  /** Everything in which the result falls short of the ideal. Empty where it does not. */
  readonly notes: readonly SelectionNote[]
}

const MOST_VARIANTS = 20
const SHORTEST_TARGET = 1.5
const LONGEST_TARGET = 600
const UNUSED_LIMIT = 24

/**
 * Chooses timelines of the same length out of the sources, as different from each other as the footage allows. Each
 * opens with its strongest cut and goes on source by source in the given order, each source from its beginning to its
 * end. Pure: the same input gives the same output.
 *
 * @throws CutroomError `field-invalid` for options outside of their limits; `footage-too-short` where not even one
 * clip can be filled with footage worth showing (with `bestEffort`: where there is none at all).
 */
export function selectTimelines(sources: readonly SelectionSource[], options: SelectionOptions): Selection {
  checkOptions(sources, options)
  const { count, targetSeconds, bestEffort = false, avoid = [], like = [] } = options
  const targetMs = Math.round(targetSeconds * 1000)
  const random = mulberry32(options.seed)
  const footage = sources.map(({ features }, index) => look(features, index))
  const sourceIds = sources.map(({ sourceId }) => sourceId)
  const liked = shownBy(like, footage, sourceIds)
  const [kept = null] = shownBy(like.slice(0, 1), footage, sourceIds).map((cut) => keptWhole(cut, targetMs))
  const good = footage.map((each) =>
    goodSegments(each, random, kept?.source === each.source ? kept : undefined),
  )
  const usableMs = totalMs(good.flat())
  const excluded = excludedSeconds(footage, usableMs)

  const short = usableMs < targetMs
  if (short && !bestEffort) throw tooShort(usableMs / 1000, targetSeconds, excluded)
  const flawed = short ? footage.map((each, i) => flawedSegments(each, good[i] ?? [], random)) : []
  const pool = [...good, ...flawed].flat()
  if (pool.length === 0) throw tooShort(0, targetSeconds, excluded)

  const usedBefore = pool.map((segment) => usedBy(segment, avoid, sources))
  const first = draftClips(pool, {
    count,
    targetMs,
    random,
    usedBefore,
    openedBefore: avoid.flatMap((timeline) => openingOf(timeline, footage, sources)),
    opening: kept === null ? null : pool.indexOf(kept),
    wanted: pool.map((segment) => likeness(segment, liked)),
  })
  const keptMs = kept === null ? 0 : Math.min(kept.endMs - kept.startMs, targetMs)
  const ownMs = targetMs - keptMs
  const leastMeanMs =
    keptMs + (ownMs > 0 ? ownMs * leastMeanOverlap(totalMs(pool) - keptMs, ownMs, count) : 0)
  const drafts = improveDrafts(pool, first, { targetMs, random, usedBefore, leastMeanMs })
  const unfilled = drafts.find((draft) => draft.longestMs < targetMs - TOLERANCE_MS)
  if (unfilled !== undefined && !bestEffort) throw tooShort(usableMs / 1000, targetSeconds, excluded)

  const uses = countUses(pool, drafts)
  const ranks = motionRanks(pool)
  const clips = drafts.map((draft) => arrange(pool, draft, uses, targetMs))
  const toCuts = (placed: readonly Placed[], opens: boolean): SelectedCut[] =>
    placed.map((each, place) => toCut(each, opens && place === 0, uses, ranks, sources))
  const variants = clips.map((clip, index): Variant => {
    const draft = drafts[index]
    const spare = draft === undefined ? [] : spareSegments(pool, draft, uses, UNUSED_LIMIT)
    return {
      cuts: toCuts(clip, true),
      seconds: lengthMs(clip) / 1000,
      unused: toCuts(whole(pool, spare), false),
    }
  })
  const overlap = overlapOf(
    variants.map(({ cuts }) => cuts),
    avoid,
    targetSeconds,
  )
  return {
    variants,
    overlap,
    usableSeconds: usableMs / 1000,
    excluded,
    notes: [
      ...noteReuse(overlap, totalMs(pool) / 1000, count, targetSeconds),
      ...(kept === null ? noteOpenings(clips) : []),
      ...(kept === null && like.length > 0 ? [OPENING_LOST] : []),
      ...noteAlike(clips.map((clip, variant) => (drafts[variant]?.step === 0 ? null : clip))),
      ...noteFlawed(clips),
      ...noteShort(clips, targetMs),
    ],
  }
}

/** The segment, not to be trimmed unless it takes more than half of the clip. */
function keptWhole(segment: Segment, targetMs: number): Segment {
  const ms = segment.endMs - segment.startMs
  if (2 * ms > targetMs) return segment
  return { ...segment, lengths: [{ least: ms, most: ms }], shortestMs: ms }
}

function checkOptions(sources: readonly SelectionSource[], options: SelectionOptions): void {
  const { count, targetSeconds, seed } = options
  if (sources.length === 0) throw invalid('sources', 'There must be at least one source to select from.')
  if (new Set(sources.map(({ sourceId }) => sourceId)).size < sources.length)
    throw invalid('sources', 'Every source may be named only once.')
  if (!Number.isInteger(count) || count < 1 || count > MOST_VARIANTS)
    throw invalid('count', `The number of variants must be 1 to ${MOST_VARIANTS}, not ${count}.`)
  if (!(targetSeconds >= SHORTEST_TARGET && targetSeconds <= LONGEST_TARGET))
    throw invalid(
      'targetSeconds',
      `The duration must be ${SHORTEST_TARGET} to ${LONGEST_TARGET} s, not ${targetSeconds}.`,
    )
  if (!Number.isSafeInteger(seed)) throw invalid('seed', `The seed must be a whole number, not ${seed}.`)
}

const invalid = (field: string, message: string): CutroomError =>
  new CutroomError('field-invalid', message, { field })

function tooShort(usable: number, needed: number, excluded: Excluded): CutroomError {
  const left = EXCLUDED_WORDS.filter(([reason]) => excluded[reason] >= 0.05).map(
    ([reason, words]) => `${excluded[reason].toFixed(1)} s ${words}`,
  )
  const why = left.length === 0 ? '' : ` Left out: ${left.join(', ')}.`
  return new CutroomError(
    'footage-too-short',
    usable < needed
      ? `The footage has ${usable.toFixed(1)} s that can be used, and every clip needs ${needed.toFixed(1)} s.${why}`
      : `The footage has ${usable.toFixed(1)} s that can be used, in pieces that do not add up to a clip of ${needed.toFixed(1)} s.${why}`,
    { details: { usableSeconds: usable, neededSeconds: needed, excluded } },
  )
}

const EXCLUDED_WORDS: readonly (readonly [keyof Excluded, string])[] = [
  ['black', 'black'],
  ['plain', 'of one colour'],
  ['dead', 'without movement'],
  ['blurred', 'blurred'],
  ['scraps', 'in pieces too short for a cut'],
]

const totalMs = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)

function excludedSeconds(footage: readonly Footage[], usableMs: number): Excluded {
  const labels = footage.flatMap((each) => each.labels)
  const seconds = (flaw: Flaw): number => (labels.filter((label) => label === flaw).length * STEP_MS) / 1000
  const flaws = {
    black: seconds('black'),
    plain: seconds('plain'),
    dead: seconds('dead'),
    blurred: seconds('blurred'),
  }
  const all = footage.reduce((sum, { features }) => sum + features.durationSeconds, 0)
  const rest = all - usableMs / 1000 - FLAWS.reduce((sum, flaw) => sum + flaws[flaw], 0)
  return { ...flaws, scraps: Math.max(0, rest) }
}

/** How often timelines use a segment: 1 is all of it, once. */
function usedBy(
  segment: Segment,
  timelines: readonly Timeline[],
  sources: readonly SelectionSource[],
): number {
  const { startMs, endMs } = segment
  const sourceId = sources[segment.source]?.sourceId
  let usedMs = 0
  for (const cut of timelines.flat()) {
    if (cut.sourceId === sourceId)
      usedMs += Math.max(0, Math.min(endMs, cut.end * 1000) - Math.max(startMs, cut.start * 1000))
  }
  return usedMs / (endMs - startMs)
}

function openingOf(
  timeline: Timeline,
  footage: readonly Footage[],
  sources: readonly SelectionSource[],
): Pictures[] {
  const [opening] = timeline
  return footage.flatMap(({ source, hashes }) => {
    if (sources[source]?.sourceId !== opening?.sourceId) return []
    const from = Math.ceil(((opening?.start ?? 0) * 1000) / STEP_MS)
    return [{ hashes, from, to: from + 1 }]
  })
}

function countUses(pool: readonly Segment[], drafts: readonly Draft[]): number[] {
  const uses = pool.map(() => 0)
  for (const index of drafts.flatMap(({ chosen }) => chosen)) uses[index] = (uses[index] ?? 0) + 1
  return uses
}

/** Segments untrimmed. */
const whole = (pool: readonly Segment[], indices: readonly number[]): Placed[] =>
  indices.flatMap((index) => {
    const segment = pool[index]
    return segment === undefined ? [] : [{ index, segment, endMs: segment.endMs }]
  })

function toCut(
  { index, segment, endMs }: Placed,
  opens: boolean,
  uses: readonly number[],
  ranks: readonly number[],
  sources: readonly SelectionSource[],
): SelectedCut {
  const reason = reasonFor(segment, {
    role: opens ? 'opening' : 'body',
    motionRank: ranks[index] ?? 1,
    trimmed: (segment.endMs - endMs) / 1000,
    sharedWith: Math.max(0, (uses[index] ?? 0) - 1),
  })
  const length = endMs - segment.startMs
  const range = segment.lengths.find(({ most }) => most >= length) ?? { least: length, most: length }
  return {
    sourceId: sources[segment.source]?.sourceId ?? '',
    start: segment.startMs / 1000,
    end: endMs / 1000,
    score: segment.score,
    shortest: range.least / 1000,
    longest: range.most / 1000,
    why: explain(reason),
    reason,
  }
}
