import { setTimeout as sleep } from 'node:timers/promises'

/** Something that is done again and again until it is stopped. */
export interface Pulse {
  /** Resolves when it is not being done any more. */
  stop(): Promise<void>
}

/** Does something so many milliseconds after it was last finished, never twice at once. A failure is told and does not end it. */
export function every(
  milliseconds: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): Pulse {
  const stopping = new AbortController()
  const { signal } = stopping
  async function run(): Promise<void> {
    while (!signal.aborted) {
      await work().catch(onError)
      await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
    }
  }
  const running = run()
  return {
    stop: () => {
      stopping.abort()
      return running
    },
  }
}
