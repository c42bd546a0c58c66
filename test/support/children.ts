import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** A process of a test, whose standard output is read line by line. */
export interface Child extends AsyncDisposable {
  readonly process: ChildProcess
  /** The next line that it prints; throws with its standard error where it ends first. */
  line(): Promise<string>
  /** The end of the process, however it comes. */
  readonly ended: Promise<unknown>
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>
}

/** Runs a script of this folder or another with one JSON argument, optionally behind a command such as `unshare`. */
export function startChild(script: string, argument: unknown, before: readonly string[] = []): Child {
  const [command = '', ...rest] = [...before, process.execPath, script, JSON.stringify(argument)]
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
  }
  return {
    process: child,
    async line() {
      const next = await lines.next()
      if (next.done !== true) return next.value
      throw new Error(`${path.basename(script)} ended without the line that was waited for. ${complaints}`)
    },
    ended,
    end,
    [Symbol.asyncDispose]: () => end('SIGKILL'),
  }
}

/** A folder that is gone at the end of the block. */
export async function temporaryFolder(parent = tmpdir()): Promise<AsyncDisposable & { path: string }> {
  const folder = await realpath(await mkdtemp(path.join(parent, 'cutroom-')))
  // Where tests run as root, PostgreSQL runs as another user and has to reach what is in it.
  await chmod(folder, 0o711)
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

/** Asks again until the answer is not `undefined`; throws with what it waits for after 15 s. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined>,
  withinMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline) {
    const answer = await look()
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`Waited 15 s in vain: ${what}`)
}
