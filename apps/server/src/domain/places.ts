import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hold } from '../db/embedded/mutex.ts'
import { thisMachine } from '../scratch/machine.ts'

/** Places for heavy work that processes of one machine share. */
export interface Places {
  /** Takes a place as soon as there is one, and returns what gives it back; `null` once it is not `wanted` any more. */
  take(wanted: () => boolean): Promise<(() => void) | null>
}

const POLL_MS = 50
/** So long who had to wait for a place leaves the next one to others, who look more often. */
const PAUSE_MS = 3 * POLL_MS

/**
 * The places of this machine among all processes that have the data folder open: a held file for each, so that who dies gives it back. One
 * waits at a time, so that who gives a place back cannot take it again before those who waited for it. Where files cannot be held, each
 * process has the places for itself.
 */
export function placesOfMachine(dataDir: string, count: number): Places {
  let nextMs = 0

  async function holdOne(files: readonly string[], wanted: () => boolean): Promise<(() => void) | null> {
    for (;;) {
      if (!wanted()) return null
      for (const file of files) {
        const giveBack = await hold(file, 0)
        if (giveBack !== null) return giveBack
      }
      await sleep(POLL_MS)
    }
  }

  async function takeInTurn(wanted: () => boolean): Promise<(() => void) | null> {
    // Every start of the machine has its own: a folder can be that of several machines.
    const folder = path.join(dataDir, 'places', (await thisMachine()).kernel)
    await mkdir(folder, { recursive: true })
    await sleep(Math.max(0, nextMs - performance.now()))
    const leave = await holdOne([path.join(folder, 'next')], wanted)
    if (leave === null) return null
    const begunMs = performance.now()
    try {
      return await holdOne(
        Array.from({ length: count }, (_, number) => path.join(folder, String(number))),
        wanted,
      )
    } finally {
      const nowMs = performance.now()
      if (nowMs - begunMs >= POLL_MS) nextMs = nowMs + PAUSE_MS
      leave()
    }
  }

  // A disk whose files cannot be held, such as one of a network, must not keep work from being done.
  return { take: (wanted) => takeInTurn(wanted).catch(() => () => undefined) }
}
