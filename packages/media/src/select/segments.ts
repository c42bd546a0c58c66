import type { Features } from '../features/features.ts'
import { type Hashes, hashesOf, type Pictures } from './alike.ts'
import { assess, type Quality } from './quality.ts'
import {
  AFTER_HARD_CUT_MS,
  BEFORE_HARD_CUT_MS,
  FLAWS,
  type Flaw,
  hardCutsMs,
  type Labels,
  labelSamples,
  STEP_MS,
  type Stretch,
  shotMotion,
  stretches,
} from './usable.ts'

export const SHORTEST_MS = 1500
export const LONGEST_MS = 4000
/** A picture that is on screen for less than this before or after a hard cut looks like a mistake. */
const CLEAR_OF_HARD_CUT_MS = 250

/** A piece of a source that could become a cut. */
interface Candidate extends Stretch, Pictures {
  readonly source: number
  /** Index of the shot in its source in which it starts. */
  readonly shot: number
  /** 0 to 1. */
  readonly score: number
  /** How well it opens a clip, 0 to 1. */
  readonly hook: number
  /** Mean motion as ingest measured it. */
  readonly rawMotion: number
  /** Quality, each 0 to 1. */
  readonly motion: number
  readonly sharp: number
  readonly light: number
  /** The hard cut on which it starts, or `null`. */
  readonly hardCutMs: number | null
  readonly hardCutsInside: number
  /** The sound pauses at its start and at its end: 0 to 1. */
  readonly quietStart: number
  readonly quietEnd: number
}

/** The footage is divided into segments, which never overlap. */
export interface Segment extends Candidate {
  /**
   * To which lengths its end may be trimmed: ranges in milliseconds, ascending, between which a hard cut would come
   * too close to the end.
   */
  readonly lengths: readonly LengthRange[]
  readonly shortestMs: number
  /** Set where it was taken from footage that is normally left out. */
  readonly flaw: Flaw | null
}

/** Both inclusive. */
export interface LengthRange {
  readonly least: number
  readonly most: number
}

/** A source, looked at. */
export interface Footage {
  readonly source: number
  readonly features: Features
  readonly cuts: readonly number[]
  readonly labels: Labels
  readonly quality: Quality
  readonly hashes: Hashes
}

export function look(features: Features, source: number): Footage {
  const motion = shotMotion(features)
  const hashes = hashesOf(features)
  return {
    source,
    features,
    cuts: hardCutsMs(features),
    labels: labelSamples(features, motion, hashes),
    quality: assess(features, motion),
    hashes,
  }
}

/**
 * The good footage of a source, divided into segments. `random` varies the pace, so that seeds differ. `kept` is a segment already,
 * whatever its flaws, and comes last.
 */
export function goodSegments(footage: Footage, random: () => number, kept?: Segment): Segment[] {
  const from = kept === undefined ? 0 : Math.floor(kept.startMs / STEP_MS)
  const to = kept === undefined ? 0 : Math.ceil(kept.endMs / STEP_MS)
  const free = (i: number): boolean => footage.labels[i] === null && (i < from || i >= to)
  return [
    ...stretches(footage.features, footage.cuts, free)
      // A hard cut inside of what is kept lets the next stretch begin beside it.
      .map((stretch) => (isOver(stretch, kept) ? { ...stretch, startMs: kept.endMs } : stretch))
      .flatMap((stretch) => divide(footage, stretch, random)),
    ...(kept === undefined ? [] : [kept]),
  ]
}

const isOver = (stretch: Stretch, kept: Stretch | undefined): kept is Stretch =>
  kept !== undefined && stretch.startMs < kept.endMs && stretch.endMs > kept.startMs

/** Any stretch of a source as a segment. */
export const segmentOf = (footage: Footage, startMs: number, endMs: number): Segment =>
  withLengths(describe(footage, startMs, endMs), footage.cuts)

/** Segments from what `goodSegments` left over, whatever its flaw except black. */
export function flawedSegments(footage: Footage, good: readonly Segment[], random: () => number): Segment[] {
  const taken = footage.labels.map((label) => label === 'black')
  for (const segment of good) {
    taken.fill(true, Math.floor(segment.startMs / STEP_MS), Math.ceil(segment.endMs / STEP_MS))
  }
  return stretches(footage.features, footage.cuts, (i) => taken[i] === false)
    .flatMap((stretch) => divide(footage, stretch, random))
    .map((segment) => ({ ...segment, score: 0.3 * segment.score, hook: 0, flaw: mainFlaw(footage, segment) }))
}

function mainFlaw({ labels }: Footage, { from, to }: Segment): Flaw | null {
  const counted = FLAWS.map((flaw) => ({
    flaw,
    count: labels.slice(from, to).filter((l) => l === flaw).length,
  }))
  const most = counted.reduce((a, b) => (b.count > a.count ? b : a))
  return most.count > 0 ? most.flaw : null
}

interface Node {
  readonly at: number
  readonly mayStart: boolean
  readonly mayEnd: boolean
}

/** The times at which a stretch may be cut: every sample, its ends, and beside every hard cut. */
function nodesOf({ startMs, endMs }: Stretch, cuts: readonly number[]): Node[] {
  const times = new Set([startMs, endMs])
  for (let at = Math.ceil(startMs / STEP_MS) * STEP_MS; at < endMs; at += STEP_MS) times.add(at)
  const near = cuts.filter((cut) => cut > startMs - AFTER_HARD_CUT_MS && cut < endMs + BEFORE_HARD_CUT_MS)
  for (const cut of near) {
    if (cut + AFTER_HARD_CUT_MS < endMs) times.add(cut + AFTER_HARD_CUT_MS)
    if (cut - BEFORE_HARD_CUT_MS > startMs) times.add(cut - BEFORE_HARD_CUT_MS)
  }
  let first = 0
  return Array.from(times)
    .sort((a, b) => a - b)
    .map((at) => {
      while (first < near.length && (near[first] ?? 0) <= at - CLEAR_OF_HARD_CUT_MS) first++
      let [mayStart, mayEnd] = [true, true]
      for (let i = first; i < near.length; i++) {
        const ahead = (near[i] ?? 0) - at
        if (ahead >= CLEAR_OF_HARD_CUT_MS) break
        if (ahead > -AFTER_HARD_CUT_MS) mayStart = false
        if (ahead < BEFORE_HARD_CUT_MS) mayEnd = false
      }
      return { at, mayStart, mayEnd }
    })
}

/**
 * Cuts a stretch into segments of 1.5 to 4 s by dynamic programming: as much of it as can be used, the best of it
 * first, few hard cuts inside, ends where the sound pauses, and a pace that suits the motion.
 */
function divide(footage: Footage, stretch: Stretch, random: () => number): Segment[] {
  if (stretch.endMs - stretch.startMs < SHORTEST_MS) return []
  const nodes = nodesOf(stretch, footage.cuts)
  const paces = nodes.map(() => random() - 0.5)
  const best: { value: number; previous: number; segment: Candidate | null }[] = []
  let oldest = 0
  nodes.forEach((end, i) => {
    let choice = { value: best[i - 1]?.value ?? 0, previous: i - 1, segment: null as Candidate | null }
    while ((nodes[oldest]?.at ?? 0) < end.at - LONGEST_MS) oldest++
    for (let j = oldest; end.mayEnd && j < i; j++) {
      const start = nodes[j]
      if (start === undefined || end.at - start.at < SHORTEST_MS) break
      if (!start.mayStart) continue
      const segment = describe(footage, start.at, end.at)
      const value = (best[j]?.value ?? 0) + worth(segment, paces[j] ?? 0)
      if (value > choice.value) choice = { value, previous: j, segment }
    }
    best.push(choice)
  })
  const chosen: Segment[] = []
  for (let i = best.length - 1; i > 0; ) {
    const step = best[i]
    if (step === undefined) break
    if (step.segment !== null) chosen.push(withLengths(step.segment, footage.cuts))
    i = step.previous
  }
  return chosen.reverse()
}

/** Seconds of footage, weighted: a hard cut inside takes a quarter of its worth, a bad pace a little. */
function worth(segment: Candidate, pace: number): number {
  const seconds = (segment.endMs - segment.startMs) / 1000
  const ideal = 3.2 - 1.1 * segment.motion + pace
  const ends = 0.1 * (segment.quietStart + segment.quietEnd)
  return (
    (seconds * (0.6 + segment.score) + ends) * 0.75 ** segment.hardCutsInside - 0.12 * (seconds - ideal) ** 2
  )
}

function describe(footage: Footage, startMs: number, endMs: number): Candidate {
  const { cuts, quality } = footage
  const [from, to] = [Math.ceil(startMs / STEP_MS), Math.ceil(endMs / STEP_MS)]
  const shot = countUpTo(cuts, startMs)
  const hardCutsInside = countUpTo(cuts, endMs - 1) - shot
  const before = cuts[shot - 1]
  const hardCutMs = before !== undefined && startMs - before <= AFTER_HARD_CUT_MS ? before : null
  const motion = quality.motion.mean(from, to)
  const sharp = quality.sharp.mean(from, to)
  const light = quality.light.mean(from, to)
  const quietStart = quality.quiet[from] ?? 0
  const quietEnd = quality.quiet[Math.max(from, to - 1)] ?? 0
  const ideal = hardCutMs === null ? 0 : 0.06
  const score = 0.38 * motion + 0.28 * sharp + 0.24 * light + ideal + 0.02 * (quietStart + quietEnd)
  const opening = quality.motion.mean(from, from + SHORTEST_MS / STEP_MS)
  return {
    source: footage.source,
    startMs,
    endMs,
    hashes: footage.hashes,
    from,
    to,
    shot,
    score: score * 0.9 ** hardCutsInside,
    hook: 0.5 * opening + 0.25 * sharp + 0.19 * light + ideal,
    rawMotion: quality.rawMotion.mean(from, to),
    motion,
    sharp,
    light,
    hardCutMs,
    hardCutsInside,
    quietStart,
    quietEnd,
  }
}

function withLengths(candidate: Candidate, cuts: readonly number[]): Segment {
  const { startMs, endMs, shot, hardCutsInside } = candidate
  const inside = cuts.slice(shot, shot + hardCutsInside).map((cut) => cut - startMs)
  const ranges = [0, ...inside].map((from, i): LengthRange => {
    const to = inside[i]
    return {
      least: Math.max(SHORTEST_MS, from === 0 ? 0 : from + CLEAR_OF_HARD_CUT_MS),
      most: to === undefined ? endMs - startMs : to - BEFORE_HARD_CUT_MS,
    }
  })
  const lengths = ranges.filter(({ least, most }) => least <= most)
  return { ...candidate, lengths, shortestMs: lengths[0]?.least ?? endMs - startMs, flaw: null }
}

/** How many of the ascending values are not above a limit. */
function countUpTo(values: readonly number[], limit: number): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
