import { CutroomError } from '@cutroom/contracts'
import type { Places } from './places.ts'

/** Places for heavy work on this machine. */
export interface Slots {
  /**
   * Runs work once there is a place for it. Places go round between the profiles that wait, and within one in the order of asking.
   * Throws `cancelled` where `signal` ends the waiting; the work watches it itself.
   */
  run<T>(profileId: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>
}

interface Waiter {
  readonly profileId: string
  /** Is handed what gives the place back. */
  readonly enter: (giveBack: () => void) => void
}

/** The places of a process that shares them with no other. */
const ALONE: Places = { take: async () => () => undefined }

/** `count` places in this process, each of which needs one of the machine's as well, where it is shared. */
export function createSlots(count: number, machine: Places = ALONE): Slots {
  let free = count
  let taking = false
  let turn = 0
  /** The turn in which each profile was last given a place. */
  const served = new Map<string, number>()
  /** In the order of asking. */
  const waiting: Waiter[] = []

  const lastTurn = ({ profileId }: Waiter): number => served.get(profileId) ?? 0

  async function handOut(): Promise<void> {
    if (taking) return
    taking = true
    while (free > 0 && waiting.length > 0) {
      const giveBack = await machine.take(() => waiting.length > 0)
      // Whose turn it is shows now. Sorting is stable, so the order of asking decides within a profile.
      const [next] = waiting.toSorted((a, b) => lastTurn(a) - lastTurn(b))
      if (next === undefined || giveBack === null) {
        giveBack?.()
        continue
      }
      waiting.splice(waiting.indexOf(next), 1)
      turn += 1
      served.set(next.profileId, turn)
      free -= 1
      next.enter(() => {
        giveBack()
        free += 1
        void handOut()
      })
    }
    taking = false
  }

  /** Returns what gives the place back. */
  async function enter(profileId: string, signal: AbortSignal): Promise<() => void> {
    const cancelled = () => new CutroomError('cancelled', 'The work was cancelled.', { cause: signal.reason })
    if (signal.aborted) throw cancelled()
    const { promise, resolve, reject } = Promise.withResolvers<() => void>()
    const waiter = { profileId, enter: resolve }
    const leave = () => {
      const place = waiting.indexOf(waiter)
      if (place < 0) return
      waiting.splice(place, 1)
      reject(cancelled())
    }
    waiting.push(waiter)
    signal.addEventListener('abort', leave, { once: true })
    void handOut()
    try {
      return await promise
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  return {
    async run(profileId, signal, work) {
      const leave = await enter(profileId, signal)
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
