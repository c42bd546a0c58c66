import { execFile } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { CutroomError, errnoOf } from '@cutroom/contracts'

/*
 * How a process is proven alive. It keeps a FIFO open for reading for as long as it lives. The kernel closes it when the process
 * ends, however it ends, and at no other time: a process that is stopped, busy or swapped out still holds it, and there is no
 * process id that a stranger could inherit. Whoever opens a FIFO for writing without waiting is told ENXIO where nobody reads
 * (POSIX open(), O_NONBLOCK). This holds across users and containers, but only inside one kernel and on one and the same file.
 */

const execFileAsync = promisify(execFile)

/** Makes a FIFO that only its owner may open. Throws `tool-missing` without the program `mkfifo`, and where the file exists. */
export async function makeFifo(fifo: string): Promise<void> {
  try {
    await execFileAsync('mkfifo', ['-m', '600', fifo])
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
    throw new CutroomError('tool-missing', 'The program mkfifo is missing.', { cause: error })
  }
}

/** Holds a FIFO: gives the file descriptor, which is held until it is closed by everyone who has inherited it. */
export function holdFifo(fifo: string): number {
  return openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
}

/** Whether somebody holds a FIFO; `null` where it cannot be asked. */
export function isFifoHeld(fifo: string): boolean | null {
  try {
    closeSync(openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW))
    return true
  } catch (error) {
    return errnoOf(error) === 'ENXIO' ? false : null
  }
}
