import { type Cut, CutroomError, type Timeline } from '@cutroom/contracts'
import { fitTimeline } from '../fit/fit.ts'
import { mulberry32 } from './random.ts'

/** A segment that a person chose for a project. Seconds of the source. */
export interface GivenSegment extends Cut {
  readonly id: string
  /** 0 to 1; `null` where nothing is known of it. */
  readonly score: number | null
  readonly why: string
}

export type SegmentOrder = 'in-order' | 'weighted' | 'shuffled'

export interface ArrangeOptions {
  /** How many timelines. */
  readonly count: number
  readonly targetSeconds: number
  readonly order: SegmentOrder
  /** Any integer; decides everything that is left to chance. */
  readonly seed: number
  /** Show segments again where there are not enough, instead of failing. */
  readonly bestEffort: boolean
  /** Timelines that exist already and that the new ones should differ from. */
  readonly avoid: readonly Timeline[]
  /**
   * A timeline that the new ones shall be like: they open with the segment that it opens with, and of those that were shown least they
   * take first what is of a source that it shows.
   */
  readonly like?: Timeline
}

export interface SegmentCut extends Cut {
  readonly segmentId: string
  readonly score: number | null
  readonly why: string
}

export interface Arrangement {
  readonly timelines: readonly (readonly SegmentCut[])[]
  /** In what the result falls short, a sentence each. */
  readonly notes: readonly string[]
}

/** What a segment counts for of which nothing is known. */
const MIDDLE_SCORE = 0.5
/** So little a segment weighs at least: none is out of the question. */
const LEAST_WEIGHT = 0.05
/** A cut is trimmed to this at most; what is shorter already stays. */
const SHORTEST_CUT = 1.5
const EQUAL = 1e-6

/**
 * Timelines of exactly the target's length out of segments. Segments that were shown least go first, so that timelines differ as
 * long as there are enough; segments that overlap never meet in one timeline.
 *
 * - `in-order`: the first in the list, shown in its order; the last of them are trimmed.
 * - `weighted`: likelier the better they are, shown in the order of the list; the weakest are trimmed.
 * - `shuffled`: drawn by lot, shown in an order drawn by lot.
 *
 * Pure: the same input gives the same output. Throws `footage-too-short`, `field-invalid`.
 */
export function arrangeSegments(segments: readonly GivenSegment[], options: ArrangeOptions): Arrangement {
  const random = mulberry32(options.seed)
  const uses = segments.map((segment) => usesOf(segment, options.avoid))
  const { like = [] } = options
  const opening = openingIn(segments, like)
  const isOther = segments.map(({ sourceId }) => Number(!like.some((cut) => cut.sourceId === sourceId)))
  const made: SegmentCut[][] = []
  const notes: string[] = []
  for (let variant = 0; variant < options.count; variant++) {
    const keys = keysOf(segments, options.order, random)
    const ranked = segments
      .map((_, index) => index)
      .toSorted(
        (a, b) =>
          Number(b === opening) - Number(a === opening) ||
          (uses[a] ?? 0) - (uses[b] ?? 0) ||
          (isOther[a] ?? 0) - (isOther[b] ?? 0) ||
          (keys[a] ?? 0) - (keys[b] ?? 0),
      )
    const taken = take(segments, ranked, options.targetSeconds)
    for (const index of taken) uses[index] = (uses[index] ?? 0) + 1
    const place = (index: number): number => (options.order === 'shuffled' ? (keys[index] ?? 0) : index)
    const shown = taken.toSorted(
      (a, b) => Number(b === opening) - Number(a === opening) || place(a) - place(b),
    )
    const cuts = shown.flatMap((index) => {
      const segment = segments[index]
      return segment === undefined ? [] : [cutOf(segment)]
    })
    const usable = secondsOf(cuts)
    const short = usable < options.targetSeconds - EQUAL
    if (short && !options.bestEffort) throw tooShort(usable, options.targetSeconds)
    const before = [...options.avoid, ...made]
    const timeline = turned(cuts, opening === null ? 0 : 1, before, (turn) => fit(turn, options))
    if (short)
      notes.push(
        `Variant ${variant + 1} shows segments again: they last ${usable.toFixed(1)} s, and it lasts ${options.targetSeconds.toFixed(1)} s.`,
      )
    if (before.some((other) => sameCuts(other, timeline)))
      notes.push(`Variant ${variant + 1} is like an earlier one: the segments allow no other.`)
    made.push(timeline)
  }
  if (opening === null && like.length > 0)
    notes.push(
      'The project does not have the segment that the clip opens with, so the variants open as others do.',
    )
  return { timelines: made, notes }
}

/** The segment of which a timeline shows the most in its first cut; `null` where that shows none. */
function openingIn(segments: readonly GivenSegment[], [first]: Timeline): number | null {
  if (first === undefined) return null
  const shared = segments.map(({ sourceId, start, end }) =>
    sourceId === first.sourceId ? Math.min(end, first.end) - Math.max(start, first.start) : 0,
  )
  const most = Math.max(...shared)
  return most > EQUAL ? shared.indexOf(most) : null
}

/** How often timelines show a segment; most of it is enough. */
const usesOf = (segment: Cut, timelines: readonly Timeline[]): number =>
  timelines.filter((timeline) =>
    timeline.some((cut) => {
      const shared = Math.min(cut.end, segment.end) - Math.max(cut.start, segment.start)
      const least = 0.5 * Math.min(cut.end - cut.start, segment.end - segment.start)
      return cut.sourceId === segment.sourceId && shared > least
    }),
  ).length

/** Per segment what decides between those that were shown equally often: the least goes first. */
const keysOf = (segments: readonly GivenSegment[], order: SegmentOrder, random: () => number): number[] =>
  segments.map(({ score }, index) => {
    if (order === 'in-order') return index
    const weight = order === 'shuffled' ? 1 : Math.max(LEAST_WEIGHT, score ?? MIDDLE_SCORE) ** 2
    // Weighted drawing without putting back: P. Efraimidis, P. Spirakis, “Weighted random sampling with a reservoir” (2006).
    return -(random() ** (1 / weight))
  })

/** The first choices that fill the target together, none overlapping another. */
function take(segments: readonly GivenSegment[], ranked: readonly number[], target: number): number[] {
  const taken: number[] = []
  let seconds = 0
  for (const index of ranked) {
    const segment = segments[index]
    if (seconds >= target - EQUAL) break
    if (segment === undefined || taken.some((other) => overlaps(segments[other], segment))) continue
    taken.push(index)
    seconds += segment.end - segment.start
  }
  return taken
}

const overlaps = (a: Cut | undefined, b: Cut): boolean =>
  a !== undefined && a.sourceId === b.sourceId && a.start < b.end - EQUAL && b.start < a.end - EQUAL

const cutOf = ({ id, sourceId, start, end, score, why }: GivenSegment): SegmentCut => ({
  sourceId,
  start,
  end,
  segmentId: id,
  score,
  why,
})

/** The timeline, its segments after the first `fixed` begun one later as often as it takes to differ from every earlier one. */
function turned(
  cuts: readonly SegmentCut[],
  fixed: number,
  before: readonly Timeline[],
  toTimeline: (cuts: readonly SegmentCut[]) => SegmentCut[],
): SegmentCut[] {
  const [head, rest] = [cuts.slice(0, fixed), cuts.slice(fixed)]
  const timelines = rest.map(
    (_, turn) => () => toTimeline([...head, ...rest.slice(turn), ...rest.slice(0, turn)]),
  )
  for (const make of timelines) {
    const timeline = make()
    if (!before.some((other) => sameCuts(other, timeline))) return timeline
  }
  return toTimeline(cuts)
}

const sameCuts = (a: Timeline, b: Timeline): boolean =>
  a.length === b.length &&
  a.every((cut, i) => {
    const other = b[i]
    return (
      other?.sourceId === cut.sourceId &&
      Math.abs(other.start - cut.start) < EQUAL &&
      Math.abs(other.end - cut.end) < EQUAL
    )
  })

/** Trims, or repeats, to the target exactly. Only where scores weigh does the weakest give first; else the last. */
function fit(cuts: readonly SegmentCut[], { targetSeconds, order }: ArrangeOptions): SegmentCut[] {
  const scored = cuts.map((cut) => ({
    ...cut,
    score: order === 'weighted' ? (cut.score ?? MIDDLE_SCORE) : MIDDLE_SCORE,
    shortest: Math.min(SHORTEST_CUT, cut.end - cut.start),
    longest: cut.end - cut.start,
    own: cut,
  }))
  return fitTimeline(scored, targetSeconds, { unused: [] }).cuts.map((fitted) => {
    const cut = scored.find(({ sourceId, start }) => sourceId === fitted.sourceId && start === fitted.start)
    if (cut === undefined) throw new CutroomError('internal', 'Fitting moved the start of a cut.')
    return { ...cut.own, end: Math.min(fitted.end, cut.own.end) }
  })
}

const secondsOf = (cuts: readonly Cut[]): number => cuts.reduce((sum, { start, end }) => sum + end - start, 0)

function tooShort(usable: number, needed: number): CutroomError {
  return new CutroomError(
    'footage-too-short',
    `The segments of the project last ${usable.toFixed(1)} s together, and every clip needs ${needed.toFixed(1)} s.`,
    { details: { usableSeconds: usable, neededSeconds: needed } },
  )
}
