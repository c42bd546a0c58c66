import { CutroomError, EXIT, toCutroomError } from '@cutroom/contracts'
import type { Command } from 'commander'
import { databaseOf } from '../config.ts'
import type { Job } from '../domain/job.ts'
import { configFor, type GeneralOptions } from './options.ts'
import { errorRecord, errorText, exitCodeOf } from './output.ts'
import { chooseReporter } from './reporters.ts'

/** What a command works with. */
export interface Session {
  /** Runs work as a job of a profile. */
  job<T>(profile: string, work: (job: Job) => Promise<T>): Promise<T>
}

/** Ctrl-C, a service that is stopped, a terminal that is closed. */
const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Opens the studio of the data folder, runs a command in it and gives the terminal back. Ctrl-C cancels, tidies up and ends with 130. */
export async function withSession<T>(
  options: GeneralOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const config = configFor(options)
  const reporter = chooseReporter({ json: options.json, stdout: process.stdout, stderr: process.stderr })
  return interruptible(async (signal) => {
    try {
      // Loaded where it is wanted: clients of a server, and help, start without the engine.
      const { openStudio, runJob } = await import('../domain/studio.ts')
      const studio = await openStudio(config)
      return await work({
        job: async (name, task) => {
          const { profileOnDisk } = await import('../domain/profiles/profile-on-disk.ts')
          const profile = await profileOnDisk(databaseOf(config), name)
          return runJob(studio, profile, { signal, report: reporter.report }, task)
        },
      })
    } finally {
      reporter.close()
    }
  })
}

/** Runs work whose signal ends with Ctrl-C and the like; whatever fails because of it, the interrupt is what is thrown. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupted = new AbortController()
  const interrupt = () => {
    // Asked twice: go at once; what is left in scratch is found by the next clean.
    if (interrupted.signal.aborted) process.exit(EXIT.interrupted)
    interrupted.abort(new CutroomError('cancelled', 'The work was cancelled.'))
  }
  // Not `once`: execa's own listener ends the process at a signal when nobody else listens any more.
  for (const name of STOPPING) process.on(name, interrupt)
  // Whoever read our output has gone (`| head`): stop, and tidy up as after Ctrl-C.
  process.stdout.on('error', () =>
    interrupted.abort(new CutroomError('cancelled', 'Nobody reads the output any more.')),
  )
  try {
    return await work(interrupted.signal)
  } catch (thrown) {
    throw interrupted.signal.aborted ? interrupted.signal.reason : thrown
  } finally {
    for (const name of STOPPING) process.off(name, interrupt)
  }
}

/** Prints an error as it was asked for and sets the exit code. */
export function failWith(thrown: unknown, program: Command): void {
  const error = toCutroomError(thrown)
  // Options may be what is wrong, so they are looked up in the words as they were typed.
  const asked = (flag: string) => process.argv.includes(flag)
  const verbose = asked('--verbose')
  if (asked('--json')) process.stdout.write(`${JSON.stringify(errorRecord(error, verbose))}\n`)
  else process.stderr.write(`${errorText(error, verbose)}\n`)
  if (error.code === 'usage-invalid' && !asked('--json'))
    process.stderr.write(`  ${program.name()} --help lists everything.\n`)
  process.exitCode = exitCodeOf(error)
}
