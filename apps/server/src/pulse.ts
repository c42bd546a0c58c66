import { setTimeout as sleep } from 'node:timers/promises'

/** Something that is done again and again until it is stopped. */
export interface Pulse {
  /** Ends the signal of what is being done; resolves when it is not being done any more. */
  stop(): Promise<void>
}

/** Does something so many milliseconds after it was last finished, never twice at once. A failure is told and does not end it. */
export function every(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<void>,
  onError: (error: unknown) => void,
): Pulse {
  const stopping = new AbortController()
  const { signal } = stopping
  async function run(): Promise<void> {
    while (!signal.aborted) {
      await work(signal).catch((error: unknown) => {
        if (error !== signal.reason) onError(error)
      })
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
