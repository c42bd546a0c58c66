import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

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

/** Long enough for the slowest machine, busy with other tests: whatever is waited for this long hangs. */
const HANGS_MS = 200_000
/** Pauses between questions grow, so that neither work nor limits of requests suffer from long waits. */
const PAUSE_MS = { first: 20, longest: 200 }

/** Asks again until the answer is not `undefined`; throws with what it waits for where that hangs. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + HANGS_MS
  for (let pause = PAUSE_MS.first; Date.now() < deadline; pause = Math.min(pause * 1.5, PAUSE_MS.longest)) {
    const answer = await look()
    if (answer !== undefined) return answer
    await sleep(pause)
  }
  throw new Error(`Waited ${HANGS_MS / 1000} s in vain: ${what}`)
}

/** Whether an ffmpeg runs that works in scratch of the job. */
export async function ffmpegRuns(jobId: string): Promise<boolean> {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (command.includes('ffmpeg') && command.includes(jobId)) return true
  }
  return false
}
