import { writeFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { errnoOf } from '@cutroom/contracts'

/**
 * Niceness at which a process leaves the processors to whatever people wait for: a tenth of the time where something else wants all of it,
 * so that work goes on even on a machine that is never idle.
 */
export const GENTLE = constants.priority.PRIORITY_BELOW_NORMAL

/** Only a few sessions may be changed within a second, by all that run on the machine. */
const AGAIN = { times: 20, afterMs: 110 }

/**
 * Lets all of a session give way. Linux shares the processors out among sessions before it looks at the niceness of their processes
 * (autogroups, see sched(7)): a nice process that leads a session of its own gives way to nobody. Does nothing where sessions are not weighed.
 */
export async function giveWay(leader: number): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await writeFile(`/proc/${leader}/autogroup`, String(GENTLE))
    } catch (error) {
      // Whatever else is wrong, the process runs as it is: it has ended, or this machine knows no such thing.
      if (errnoOf(error) !== 'EAGAIN' || tries === AGAIN.times) return
      await sleep(AGAIN.afterMs)
    }
  }
}
