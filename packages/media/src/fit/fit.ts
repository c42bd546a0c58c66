import { CutroomError } from '@cutroom/contracts'
import type { ScoredCut } from '../select/select.ts'

/** What was done, in this order; `seconds` is by how much it changed the clip, `cuts` how many cuts it concerned. */
export interface FitStep {
  readonly kind: 'drop' | 'lengthen' | 'extend' | 'loop' | 'trim'
  readonly seconds: number
  readonly cuts: number
}

export interface FitOptions {
  /**
   * Segments of the same project that may be added, best first. Those that overlap a cut of the clip are passed over.
   */
  readonly unused: readonly ScoredCut[]
}

export interface Fit {
  readonly cuts: readonly ScoredCut[]
  /** Empty where the clip had the length already. */
  readonly steps: readonly FitStep[]
  readonly sentence: string
}

/** A timeline holds at most this many cuts. */
const MOST_CUTS = 400
const LONGEST_TARGET = 600
/** Where less is missing than any cut lasts, cuts are lengthened rather than one added. */
const SHORTEST_CUT = 1.5
/** Below this, in seconds, lengths are equal. */
const EQUAL = 1e-9

/**
 * Brings a timeline to the length of its voice, exactly. Too long: trims the ends of the weakest cuts, each down to
 * its shortest; drops the weakest cuts where that is not enough; below the shortest goes only what cannot be avoided.
 * Too short: gives back what was trimmed from cuts where less than a cut is missing, else adds unused segments in the
 * order of their source; as the last resort it starts again from the first cut. The opening is never dropped.
 *
 * @throws CutroomError `field-invalid` for an empty timeline or a target outside of 0 to 600 s; `footage-too-short`
 * where the target would take more than 400 cuts.
 */
export function fitTimeline(
  timeline: readonly ScoredCut[],
  targetSeconds: number,
  { unused }: FitOptions,
): Fit {
  if (timeline.length === 0) {
    throw new CutroomError('field-invalid', 'A timeline without cuts cannot be fitted.', {
      field: 'timeline',
    })
  }
  if (!(targetSeconds > 0 && targetSeconds <= LONGEST_TARGET)) {
    throw new CutroomError(
      'field-invalid',
      `The length of the voice must be more than 0 and at most ${LONGEST_TARGET} s, not ${targetSeconds}.`,
      { field: 'targetSeconds' },
    )
  }
  const steps: FitStep[] = []
  let cuts: readonly ScoredCut[] = timeline
  const step = (kind: FitStep['kind'], next: readonly ScoredCut[]): void => {
    const seconds = Math.abs(total(next) - total(cuts))
    const kept = next.filter((cut) => cuts.includes(cut)).length
    const concerned = kind === 'drop' ? cuts.length - kept : next.length - kept
    if (seconds > EQUAL) steps.push({ kind, seconds, cuts: concerned })
    cuts = next
  }
  const missing = (): number => targetSeconds - total(cuts)

  if (missing() < 0) step('drop', drop(cuts, targetSeconds))
  if (missing() > EQUAL && missing() < SHORTEST_CUT) step('lengthen', lengthen(cuts, missing()))
  if (missing() > EQUAL) step('extend', extend(cuts, unused, targetSeconds))
  if (missing() > EQUAL) step('lengthen', lengthen(cuts, missing()))
  if (missing() > EQUAL) step('loop', loop(cuts, targetSeconds))
  if (missing() < -EQUAL) step('trim', trim(cuts, -missing()))
  return { cuts: settle(cuts, targetSeconds), steps, sentence: explain(steps) }
}

const length = (cut: ScoredCut): number => cut.end - cut.start
const total = (cuts: readonly ScoredCut[]): number => cuts.reduce((sum, cut) => sum + length(cut), 0)
/** What a cut may be trimmed to; one that a person made shorter stays as it is. */
const floor = (cut: ScoredCut): number => Math.min(cut.shortest, length(cut))
const totalFloor = (cuts: readonly ScoredCut[]): number => cuts.reduce((sum, cut) => sum + floor(cut), 0)
const weakestFirst = (cuts: readonly ScoredCut[]): ScoredCut[] =>
  [...cuts].reverse().sort((a, b) => a.score - b.score)
const overlaps = (a: ScoredCut, b: ScoredCut): boolean =>
  a.sourceId === b.sourceId && a.start < b.end && b.start < a.end

/** Drops the weakest cuts while trimming alone would not do and the others can fill the target. */
function drop(cuts: readonly ScoredCut[], target: number): readonly ScoredCut[] {
  let kept = cuts
  for (const cut of weakestFirst(cuts.slice(1))) {
    if (totalFloor(kept) <= target) break
    const rest = kept.filter((other) => other !== cut)
    const room = rest.reduce((sum, other) => sum + length(other) + spare(other, rest), 0)
    if (room >= target) kept = rest
  }
  return kept
}

/** How much longer a cut may become at its end without running into another of the clip. */
function spare(cut: ScoredCut, cuts: readonly ScoredCut[]): number {
  const next = cuts
    .filter((other) => other.sourceId === cut.sourceId && other.start >= cut.end)
    .reduce((least, other) => Math.min(least, other.start), Number.POSITIVE_INFINITY)
  return Math.max(0, Math.min(cut.start + cut.longest, next) - cut.end)
}

/** Gives back what was trimmed from the ends, the strongest cuts first. */
function lengthen(cuts: readonly ScoredCut[], missing: number): ScoredCut[] {
  const ends = new Map<ScoredCut, number>()
  let left = missing
  for (const cut of weakestFirst(cuts).reverse()) {
    const more = Math.min(left, spare(cut, cuts))
    if (more > EQUAL) ends.set(cut, cut.end + more)
    left -= more
  }
  return cuts.map((cut) => withEnd(cut, ends.get(cut)))
}

const withEnd = (cut: ScoredCut, end: number | undefined): ScoredCut =>
  end === undefined ? cut : { ...cut, end }

/** Adds unused segments, best first, as long as the result can be trimmed to the target. */
function extend(
  cuts: readonly ScoredCut[],
  unused: readonly ScoredCut[],
  target: number,
): readonly ScoredCut[] {
  let extended = cuts
  for (const segment of unused) {
    if (total(extended) >= target - EQUAL) break
    if (extended.some((cut) => overlaps(cut, segment))) continue
    if (totalFloor(extended) + floor(segment) > target + EQUAL) continue
    extended = extended.toSpliced(placeFor(segment, extended), 0, segment)
  }
  return extended
}

/** Where the order of the source puts a segment; the opening stays first, a source that is new comes last. */
function placeFor(segment: ScoredCut, cuts: readonly ScoredCut[]): number {
  const body = cuts.map((cut, i) => ({ cut, i })).slice(1)
  const same = body.filter(({ cut }) => cut.sourceId === segment.sourceId)
  const later = same.find(({ cut }) => cut.start > segment.start)
  return later?.i ?? (same.at(-1)?.i ?? cuts.length - 1) + 1
}

/** Starts again from the first cut, as often as it takes. */
function loop(cuts: readonly ScoredCut[], target: number): ScoredCut[] {
  const looped = [...cuts]
  for (let left = target - total(cuts), i = 0; left > EQUAL; i++) {
    const cut = cuts[i % cuts.length]
    if (cut === undefined || looped.length === MOST_CUTS) {
      throw new CutroomError(
        'footage-too-short',
        `A voice of ${target.toFixed(1)} s would take more than ${MOST_CUTS} cuts of a clip that lasts ${total(cuts).toFixed(1)} s.`,
        { details: { neededSeconds: target, usableSeconds: total(cuts) } },
      )
    }
    looped.push({ ...cut })
    left -= length(cut)
  }
  return looped
}

/** Trims the ends of the weakest cuts to their shortest; where all are, every cut gives its part. */
function trim(cuts: readonly ScoredCut[], excess: number): ScoredCut[] {
  const lengths = new Map<ScoredCut, number>()
  let left = excess
  for (const cut of weakestFirst(cuts)) {
    const less = Math.min(left, length(cut) - floor(cut))
    if (less > 0) lengths.set(cut, length(cut) - less)
    left -= less
  }
  const share = left > EQUAL ? 1 - left / totalFloor(cuts) : 1
  return cuts.map((cut) =>
    share === 1 && !lengths.has(cut)
      ? cut
      : withEnd(cut, cut.start + share * (lengths.get(cut) ?? length(cut))),
  )
}

/** Takes out what rounding left, so that the length is exact. */
function settle(cuts: readonly ScoredCut[], target: number): ScoredCut[] {
  const rest = target - total(cuts)
  return cuts.map((cut, i) => (i === cuts.length - 1 && rest !== 0 ? withEnd(cut, cut.end + rest) : cut))
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const SAID: Readonly<Record<FitStep['kind'], (step: FitStep) => string>> = {
  drop: ({ seconds, cuts }) => `dropped the ${plural(cuts, 'weakest cut')} (${seconds.toFixed(1)} s)`,
  lengthen: ({ seconds, cuts }) => `lengthened ${plural(cuts, 'cut')} by ${seconds.toFixed(1)} s`,
  extend: ({ seconds, cuts }) => `added ${plural(cuts, 'unused segment')} (${seconds.toFixed(1)} s)`,
  loop: ({ seconds, cuts }) =>
    `started again from the first cut (${plural(cuts, 'cut')}, ${seconds.toFixed(1)} s)`,
  trim: ({ seconds, cuts }) =>
    `trimmed ${seconds.toFixed(1)} s from the end of the ${plural(cuts, 'weakest cut')}`,
}

function explain(steps: readonly FitStep[]): string {
  if (steps.length === 0) return 'The clip has the length of the voice already.'
  return `To meet the length of the voice: ${steps.map((step) => SAID[step.kind](step)).join(', then ')}.`
}
