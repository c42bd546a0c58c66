import { ALIKE_BITS, areAlike, difference, type Pictures } from './alike.ts'
import { type Segment, SHORTEST_MS } from './segments.ts'

/** What one clip has so far; segments are indices into the pool. */
export interface Draft {
  readonly chosen: number[]
  /** Index into `CONCESSIONS`. */
  step: number
  /** Sum of the chosen segments as they are, and trimmed as far as they can be. */
  longestMs: number
  shortestMs: number
  /** Segments that cannot join: chosen already, or too much like one that is. */
  readonly closed: Uint8Array
  /** Shots that the clip shows something of, as `shotKey` names them. */
  readonly shots: Set<number>
  /** Milliseconds from each segment to the nearest chosen one of its source. */
  readonly nearestMs: Float64Array
}

export interface DraftOptions {
  readonly count: number
  readonly targetMs: number
  readonly random: () => number
  /** How much of each segment is used by timelines that were made before: 1 is all of it, once. */
  readonly usedBefore: readonly number[]
  /** Opening pictures of timelines that were made before. */
  readonly openedBefore: readonly Pictures[]
  /** With which segment every clip opens; `null` where each opens with one of its own. */
  readonly opening: number | null
  /** How much each segment is wanted besides, 0 to 1. */
  readonly wanted: readonly number[]
}

/**
 * What is given up, step by step, where a clip cannot be filled: first that pictures differ (in bits of the hash),
 * then that a second lies between cuts of one shot, then that footage is without flaw. Footage of other clips is used
 * before any of that.
 */
const CONCESSIONS = [
  { differBits: ALIKE_BITS, apartMs: 1000, flawed: false },
  { differBits: 6, apartMs: 1000, flawed: false },
  { differBits: 3, apartMs: 1000, flawed: false },
  { differBits: 0, apartMs: 1000, flawed: false },
  { differBits: 0, apartMs: 0, flawed: false },
  { differBits: 0, apartMs: 0, flawed: true },
] as const

/** A timeline may miss its target by this much where its cuts do not add up. */
export const TOLERANCE_MS = 500

/** Sharing footage with another clip outweighs everything else together; the rest is taste. */
const REUSE = 10
/** Among shared footage, that of a clip with which little is shared so far, so that no two clips end up alike. */
const COMPANY = 4
/** Per second that would have to be trimmed. */
const WASTE = 0.25
/** What a seed adds to a segment at most: enough that another seed is another edit, too little to choose a bad picture over a good one. */
const CHANCE = 0.18
const SAME_SHOT = 0.3
const NEAR = 0.3
const NEAR_MS = 8000
const NEW_SOURCE = 0.4
/** As much speaks for a segment that is wholly wanted as for the best of all: less than sharing a tenth of it speaks against it. */
const WANTED = 1
/** Opening pictures that differ in fewer bits than this start to look related. */
const OPENING_BITS = 24

/**
 * Chooses the segments of every clip: first the openings, then clips take turns, so that none gets only what others
 * left. A clip that cannot be filled has `longestMs` below the target.
 */
export function draftClips(pool: readonly Segment[], options: DraftOptions): Draft[] {
  const { count, targetMs, random } = options
  const users: number[][] = pool.map(() => [])
  const shared = Array.from({ length: count }, () => new Float64Array(count))
  const chance = Array.from({ length: count }, () => Float64Array.from(pool, () => CHANCE * random()))
  const uses = (index: number): number => (options.usedBefore[index] ?? 0) + (users[index]?.length ?? 0)
  const drafts = Array.from({ length: count }, () => emptyDraft(pool))

  const take = (clip: number, draft: Draft, index: number): void => {
    add(pool, draft, index)
    const segment = pool[index]
    for (const other of users[index] ?? []) {
      for (const [a, b] of [
        [clip, other],
        [other, clip],
      ] as const) {
        const row = shared[a]
        if (row !== undefined && segment !== undefined)
          row[b] = (row[b] ?? 0) + segment.endMs - segment.startMs
      }
    }
    users[index]?.push(clip)
  }

  const openings: Pictures[] = [...options.openedBefore]
  drafts.forEach((draft, clip) => {
    const value = (segment: Segment, index: number): number =>
      segment.hook + (chance[clip]?.[index] ?? 0) - REUSE * uses(index) - resemblance(segment, openings)
    const index = options.opening ?? pick(pool, draft, value, targetMs)
    const segment = index === null ? undefined : pool[index]
    if (index === null || segment === undefined) return
    take(clip, draft, index)
    openings.push(segment)
  })

  const turns = drafts.map((draft, clip) => ({ draft, clip }))
  for (let round = 0; ; round++) {
    const open = turns.filter(({ draft }) => draft.chosen.length > round && draft.longestMs < targetMs)
    if (open.length === 0) return drafts
    for (const { draft, clip } of round % 2 === 0 ? open.reverse() : open) {
      const sources = new Set(draft.chosen.map((index) => pool[index]?.source))
      const value = (segment: Segment, index: number): number => {
        const company = (users[index] ?? []).reduce((sum, other) => sum + (shared[clip]?.[other] ?? 0), 0)
        return (
          taste(draft, segment, index, sources) +
          WANTED * (options.wanted[index] ?? 0) +
          (chance[clip]?.[index] ?? 0) -
          REUSE * uses(index) -
          (COMPANY * company) / targetMs -
          (WASTE * wasteMs(draft, segment, targetMs)) / 1000
        )
      }
      const index = pick(pool, draft, value, targetMs)
      if (index !== null) take(clip, draft, index)
    }
  }
}

/**
 * Segments that could lengthen a finished clip, best first: unlike its pictures and each other, least shared first.
 */
export function spareSegments(
  pool: readonly Segment[],
  draft: Draft,
  uses: readonly number[],
  limit: number,
): number[] {
  const copy: Draft = {
    ...draft,
    chosen: [...draft.chosen],
    closed: Uint8Array.from(draft.closed),
    shots: new Set(draft.shots),
    nearestMs: Float64Array.from(draft.nearestMs),
  }
  const value = (segment: Segment, index: number): number =>
    taste(copy, segment, index, null) - (uses[index] ?? 0)
  const spare: number[] = []
  while (spare.length < limit) {
    const index = pick(pool, copy, value, Number.POSITIVE_INFINITY)
    if (index === null) break
    add(pool, copy, index)
    spare.push(index)
  }
  return spare
}

const emptyDraft = (pool: readonly Segment[]): Draft => ({
  chosen: [],
  step: 0,
  longestMs: 0,
  shortestMs: 0,
  closed: new Uint8Array(pool.length),
  shots: new Set(),
  nearestMs: new Float64Array(pool.length).fill(Number.POSITIVE_INFINITY),
})

const shotKey = ({ source, shot }: Segment): number => source * 2 ** 32 + shot

/** The same clip with other segments. */
export function withChosen(pool: readonly Segment[], draft: Draft, chosen: readonly number[]): Draft {
  const changed = { ...emptyDraft(pool), step: draft.step }
  for (const index of chosen) add(pool, changed, index)
  return changed
}

function add(pool: readonly Segment[], draft: Draft, index: number): void {
  const added = pool[index]
  if (added === undefined) return
  draft.chosen.push(index)
  draft.closed[index] = 1
  draft.shots.add(shotKey(added))
  draft.longestMs += added.endMs - added.startMs
  draft.shortestMs += added.shortestMs
  pool.forEach((segment, i) => {
    if (segment.source !== added.source) return
    const gap = Math.max(0, segment.startMs - added.endMs, added.startMs - segment.endMs)
    draft.nearestMs[i] = Math.min(draft.nearestMs[i] ?? gap, gap)
  })
}

/** What speaks for a segment in this clip, apart from what other clips use. */
function taste(
  draft: Draft,
  segment: Segment,
  index: number,
  sources: ReadonlySet<number | undefined> | null,
): number {
  return (
    segment.score -
    (draft.shots.has(shotKey(segment)) ? SAME_SHOT : 0) -
    NEAR * Math.exp(-(draft.nearestMs[index] ?? 0) / NEAR_MS) +
    (sources !== null && !sources.has(segment.source) ? NEW_SOURCE : 0)
  )
}

/** How much would be trimmed: what is over, or what a last cut of the shortest length would be over. */
function wasteMs(draft: Draft, segment: Segment, targetMs: number): number {
  const over = draft.longestMs + segment.endMs - segment.startMs - targetMs
  return over >= 0 ? over : Math.max(0, over + SHORTEST_MS)
}

/** 0 where the opening pictures differ from all others, 1 where they are the same. */
function resemblance(segment: Segment, openings: readonly Pictures[]): number {
  let closest = OPENING_BITS
  for (const other of openings) {
    const bits = difference(segment.hashes, segment.from, other.hashes, other.from)
    closest = Math.min(closest, bits)
  }
  return 1 - closest / OPENING_BITS
}

/**
 * The best segment that fits into the clip and does not look like what is in it; where there is none, pictures may be
 * more alike, step by step. `null` where nothing fits at all.
 */
function pick(
  pool: readonly Segment[],
  draft: Draft,
  value: (segment: Segment, index: number) => number,
  targetMs: number,
): number | null {
  const stepBefore = draft.step
  for (;;) {
    const flawed = CONCESSIONS[draft.step]?.flawed ?? false
    for (const toleranceMs of [0, TOLERANCE_MS]) {
      const candidates: Valued[] = []
      pool.forEach((segment, index) => {
        const allowed = draft.closed[index] === 0 && (flawed || segment.flaw === null)
        if (allowed && fits(draft, segment, targetMs, toleranceMs)) {
          candidates.push({ index, value: value(segment, index) })
        }
      })
      const found = bestFirst(candidates, (index) => {
        const clash = clashes(pool, draft.chosen, index, draft.step)
        if (clash) draft.closed[index] = 1
        return !clash
      })
      if (found !== null) return found
    }
    if (draft.step === CONCESSIONS.length - 1) {
      draft.step = stepBefore
      return null
    }
    draft.step++
    draft.closed.fill(0)
    for (const index of draft.chosen) draft.closed[index] = 1
  }
}

/** Whether a segment looks too much like one that is chosen, or lies too close to it, after so many concessions. */
export function clashes(
  pool: readonly Segment[],
  chosen: readonly number[],
  index: number,
  step: number,
): boolean {
  const segment = pool[index]
  const { differBits, apartMs } = CONCESSIONS[step] ?? CONCESSIONS[0]
  return chosen.some((i) => {
    const other = pool[i]
    if (segment === undefined || other === undefined) return false
    return tooClose(segment, other, apartMs) || areAlike(segment, other, differBits)
  })
}

/** Whether the two show the same shot with less than `apartMs` between them, so that they look like one long cut. */
function tooClose(a: Segment, b: Segment, apartMs: number): boolean {
  if (a.source !== b.source) return false
  const [first, second] = a.startMs < b.startMs ? [a, b] : [b, a]
  return first.shot + first.hardCutsInside === second.shot && second.startMs - first.endMs < apartMs
}

interface Valued {
  readonly index: number
  readonly value: number
}

/** The first candidate, by falling value, that is accepted. Sorts only where the best one is not. */
function bestFirst(candidates: Valued[], accept: (index: number) => boolean): number | null {
  const [first, ...rest] = candidates
  if (first === undefined) return null
  const best = rest.reduce((a, b) => (b.value > a.value ? b : a), first)
  if (accept(best.index)) return best.index
  candidates.sort((a, b) => b.value - a.value || a.index - b.index)
  return candidates.find(({ index }) => index !== best.index && accept(index))?.index ?? null
}

/** Whether the clip can still reach its target, or come close enough, with this segment in it. */
function fits(draft: Draft, segment: Segment, targetMs: number, toleranceMs: number): boolean {
  const shortest = draft.shortestMs + segment.shortestMs
  if (shortest > targetMs + toleranceMs) return false
  const longest = draft.longestMs + segment.endMs - segment.startMs
  return longest >= targetMs - toleranceMs || targetMs - shortest >= SHORTEST_MS
}
