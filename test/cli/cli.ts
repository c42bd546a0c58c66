import path from 'node:path'
import type { Readable } from 'node:stream'
import { execa } from 'execa'

const main = path.resolve(import.meta.dirname, '../../apps/server/src/cli/main.ts')

interface CommandOptions {
  readonly env?: Record<string, string>
  /** What stands on its standard input. */
  readonly input?: string
  /** False where the test reads the output itself. */
  readonly buffer?: boolean
}

interface Ended {
  readonly exitCode?: number | undefined
  readonly stdout?: unknown
  readonly stderr?: unknown
}

interface Running extends PromiseLike<Ended> {
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  kill(signal: NodeJS.Signals): boolean
}

/** Starts the command line in a process of its own, as a person does. It never throws for an exit code. */
export const cutroom = (args: readonly string[], options: CommandOptions = {}): Running =>
  execa(process.execPath, [main, ...args], {
    ...options,
    reject: false,
    timeout: 240_000,
    // A server may take its time to stop.
    forceKillAfterDelay: 30_000,
  })

/** The JSON objects of an output, one per line. */
export const records = (stdout: unknown): Record<string, unknown>[] =>
  String(stdout)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

/** Resolves once a process has printed a text; rejects when it ends without. */
export function printed(running: Running, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = ''
    running.stdout?.on('data', (chunk) => {
      seen += chunk
      if (seen.includes(text)) resolve()
    })
    running.stdout?.on('end', () => reject(new Error(`It ended without printing ${text}: ${seen}`)))
  })
}
