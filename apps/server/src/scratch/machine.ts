import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { promisify } from 'node:util'
import { ifMissing } from '@cutroom/contracts'

/** Where a process runs. */
export interface Machine {
  /** Stays the same when the machine starts again; `null` where it has no name that only one machine can have. */
  readonly machine: string | null
  /** Another one at every start of the machine; containers of one machine share it. */
  readonly kernel: string
}

const execFileAsync = promisify(execFile)

async function readMachine(): Promise<Machine> {
  if (process.platform === 'linux') {
    // machine-id(5) and random(4). A container image often has no machine id; its host name alone could be another's too.
    const id = (await readFile('/etc/machine-id', 'utf8').catch(ifMissing(''))).trim()
    const kernel = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    return { machine: /^[0-9a-f]{32}$/.test(id) ? `${id} ${hostname()}` : null, kernel }
  }
  // macOS: a UUID per start of the system. A host name is unique on a network by Bonjour's rules.
  const { stdout } = await execFileAsync('sysctl', ['-n', 'kern.bootsessionuuid'])
  return { machine: hostname(), kernel: stdout.trim() }
}

let known: Promise<Machine> | undefined

/** The machine that this process runs on. */
export function thisMachine(): Promise<Machine> {
  known ??= readMachine()
  return known
}
