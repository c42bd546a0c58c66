interface Steps {
  readonly steps: number
  readonly places: number
  /** Fewest places that a step moves on. */
  readonly least: 0 | 1
  /** The cost of a step between two places; `Infinity` where that, and any longer step, is out of the question. */
  readonly cost: (step: number, from: number, to: number) => number
}

/**
 * The cheapest way from the first place to the last in exactly so many steps, never backwards: the places where each
 * step begins, and the last place. `null` where there is no way. Dynamic programming, O(steps × places × reach).
 */
export function cheapestPath({ steps, places, least, cost }: Steps): number[] | null {
  let costs = new Float64Array(places).fill(Number.POSITIVE_INFINITY)
  costs[0] = 0
  const cameFrom: Int32Array[] = []
  for (let step = 0; step < steps; step += 1) {
    const next = new Float64Array(places).fill(Number.POSITIVE_INFINITY)
    const from = new Int32Array(places)
    const first = costs.findIndex(Number.isFinite)
    const last = costs.findLastIndex(Number.isFinite)
    if (first < 0) return null
    for (let to = first + least; to < places; to += 1) {
      for (let i = Math.min(to - least, last); i >= first; i -= 1) {
        const stepCost = cost(step, i, to)
        if (stepCost === Number.POSITIVE_INFINITY) break
        const total = (costs[i] ?? 0) + stepCost
        if (total < (next[to] ?? 0)) {
          next[to] = total
          from[to] = i
        }
      }
    }
    costs = next
    cameFrom.push(from)
  }
  if (costs[places - 1] === Number.POSITIVE_INFINITY) return null
  const path = [places - 1]
  for (const from of cameFrom.toReversed()) path.unshift(from[path[0] ?? 0] ?? 0)
  return path
}
