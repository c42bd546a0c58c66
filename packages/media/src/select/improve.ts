import { trimmedLengths } from './arrange.ts'
import { clashes, type Draft, withChosen } from './draft.ts'
import type { Segment } from './segments.ts'

export interface ImproveOptions {
  readonly targetMs: number
  readonly random: () => number
  /** How much of each segment is used by timelines that were made before: 1 is all of it, once. */
  readonly usedBefore: readonly number[]
  /** What two clips must share on average; the search ends when it comes close. */
  readonly leastMeanMs: number
}

const MOST_TRIES = 20_000
/** Bounds the work for many long clips, where the first draft is close to the least anyway. */
const MOST_COMPARISONS = 4e7
/** Close enough: the least is counted in seconds of footage, but clips are made of whole cuts. */
const NEAR_LEAST = 1.01
/** Sharing counts more for two clips that share much already, so that none end up alike. */
const UNEVEN = 1

interface Change {
  readonly clip: number
  readonly leaves: number | null
  readonly joins: number | null
}

/**
 * Lowers what clips share, by seeded hill climbing: a cut gives way to another segment; where another clip has that
 * one, the two clips exchange them; and a cut that is not needed goes. Openings stay.
 */
export function improveDrafts(
  pool: readonly Segment[],
  drafts: readonly Draft[],
  options: ImproveOptions,
): Draft[] {
  const { targetMs, random } = options
  const sharing = new Sharing(pool, drafts, options)
  const cuts = drafts.reduce((sum, { chosen }) => sum + chosen.length, 0)
  const tries = drafts.length < 2 ? 0 : Math.min(MOST_TRIES, MOST_COMPARISONS / (drafts.length * cuts))
  let current = sharing.measure()
  for (let i = 0; i < tries && current.mean > options.leastMeanMs * NEAR_LEAST; i++) {
    const changes = propose(sharing.clips, pool.length, random)
    if (changes.length === 0 || changes.some((change) => bringsFlaw(pool, change))) continue
    sharing.apply(changes)
    const next = sharing.reaches(changes, targetMs) ? sharing.measure() : null
    const better =
      next !== null &&
      next.cost <= current.cost &&
      changes.every(({ clip, joins }) => {
        const others = (sharing.clips[clip] ?? []).filter((index) => index !== joins)
        return joins === null || !clashes(pool, others, joins, drafts[clip]?.step ?? 0)
      })
    if (better) current = next
    else sharing.apply(changes.map(({ clip, leaves, joins }) => ({ clip, leaves: joins, joins: leaves })))
  }
  return drafts.map((draft, k) => withChosen(pool, draft, sharing.clips[k] ?? draft.chosen))
}

/** A random change of a random clip that leaves its opening alone; none where the draw makes no sense. */
function propose(clips: readonly (readonly number[])[], poolSize: number, random: () => number): Change[] {
  const draw = (size: number): number => Math.floor(random() * size)
  const clip = draw(clips.length)
  const chosen = clips[clip] ?? []
  const leaves = chosen[1 + draw(chosen.length - 1)]
  const joins = draw(poolSize + 1)
  if (leaves === undefined || chosen.includes(joins)) return []
  if (joins === poolSize) return [{ clip, leaves, joins: null }]
  const replacement = { clip, leaves, joins }
  const owners = clips.flatMap((other, k) => (other.indexOf(joins) > 0 && !other.includes(leaves) ? [k] : []))
  const owner = owners[draw(owners.length + 1)]
  return owner === undefined ? [replacement] : [replacement, { clip: owner, leaves: joins, joins: leaves }]
}

const bringsFlaw = (pool: readonly Segment[], { leaves, joins }: Change): boolean =>
  joins !== null && pool[joins]?.flaw !== null && (leaves === null || pool[leaves]?.flaw === null)

/** What every two clips share, kept up to date while clips change. */
class Sharing {
  readonly clips: number[][]
  private readonly pool: readonly Segment[]
  private readonly targetMs: number
  private readonly uses: number[]
  private readonly lengths: Map<number, number>[]
  private readonly shared: number[][]

  constructor(pool: readonly Segment[], drafts: readonly Draft[], options: ImproveOptions) {
    this.pool = pool
    this.targetMs = options.targetMs
    this.clips = drafts.map(({ chosen }) => [...chosen])
    this.uses = [...options.usedBefore]
    for (const index of this.clips.flat()) this.count(index, 1)
    this.lengths = this.clips.map(() => new Map())
    this.shared = this.clips.map(() => this.clips.map(() => 0))
    this.refresh(this.clips.map((_, k) => k))
  }

  apply(changes: readonly Change[]): void {
    const touched = new Set<number>()
    for (const { clip, leaves, joins } of changes) {
      const chosen = this.clips[clip] ?? []
      if (leaves !== null) {
        chosen.splice(chosen.indexOf(leaves), 1)
        this.count(leaves, -1)
        touched.add(leaves)
      }
      if (joins !== null) {
        chosen.push(joins)
        this.count(joins, 1)
        touched.add(joins)
      }
    }
    const changed = new Set(changes.map(({ clip }) => clip))
    this.refresh(
      this.clips.flatMap((chosen, k) =>
        changed.has(k) || chosen.some((index) => touched.has(index)) ? [k] : [],
      ),
    )
  }

  /** Whether the changed clips can still be brought to the target. */
  reaches(changes: readonly Change[], targetMs: number): boolean {
    return changes.every(({ clip }) => {
      let [longest, shortest] = [0, 0]
      for (const index of this.clips[clip] ?? []) {
        const segment = this.pool[index]
        if (segment === undefined) continue
        longest += segment.endMs - segment.startMs
        shortest += segment.shortestMs
      }
      return shortest <= targetMs && longest >= targetMs
    })
  }

  /** Milliseconds that two clips share, on average, and the cost that the search lowers. */
  measure(): { mean: number; cost: number } {
    let [sum, squares] = [0, 0]
    this.shared.forEach((row, k) => {
      for (let j = 0; j < k; j++) {
        const ms = row[j] ?? 0
        sum += ms
        squares += ms * ms
      }
    })
    const pairs = (this.clips.length * (this.clips.length - 1)) / 2
    return { mean: sum / pairs, cost: (sum + (UNEVEN * squares) / this.targetMs) / pairs }
  }

  private count(index: number, by: number): void {
    this.uses[index] = (this.uses[index] ?? 0) + by
  }

  private refresh(changed: readonly number[]): void {
    for (const k of changed) {
      this.lengths[k] = trimmedLengths(this.pool, this.clips[k] ?? [], this.uses, this.targetMs)
    }
    for (const k of changed) {
      const row = this.shared[k] ?? []
      this.shared.forEach((other, j) => {
        if (j === k) return
        let sum = 0
        for (const [index, length] of this.lengths[k] ?? []) {
          sum += Math.min(length, this.lengths[j]?.get(index) ?? 0)
        }
        row[j] = sum
        other[k] = sum
      })
    }
  }
}
