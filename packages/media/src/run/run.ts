import type { Readable, Writable } from 'node:stream'
import { CutroomError, errnoOf } from '@cutroom/contracts'
import { ExecaError, execa } from 'execa'
import { giveWay } from './give-way.ts'
import { type FfmpegProgress, progressParser } from './progress.ts'
import { confine } from './sandbox.ts'
import type { Tools } from './tools.ts'

/** Takes what a process writes; the process waits while the returned promise is pending. */
export type Sink = (chunk: Uint8Array) => void | Promise<void>

export interface ToolRun {
  readonly tool: 'ffmpeg' | 'ffprobe'
  /** Arguments after the program's name and the general options, which are added here. */
  readonly args: readonly string[]
  /** Absolute paths that the process may read. */
  readonly inputs: readonly string[]
  /** The only folder where it may write; also its working folder, so that file names in filters need no path. */
  readonly cwd: string
  /** A stream is handed over as a file descriptor, so that bytes do not pass through this process. */
  readonly stdout?: Sink | Writable
  /** Where `pipe:4`, `pipe:5`, … lead. `pipe:3` carries ffmpeg's progress. */
  readonly pipes?: readonly Sink[]
  readonly onProgress?: (progress: FfmpegProgress) => void
  readonly signal?: AbortSignal | undefined
  /** A process that runs longer is ended with `tool-timeout`. */
  readonly timeoutSeconds: number
  /** Further environment; nothing of our own environment is handed down. */
  readonly env?: Readonly<Record<string, string>>
}

export interface ToolResult {
  /** What ffmpeg reported last; all zero for ffprobe. */
  readonly progress: FfmpegProgress
  /** The end of stderr, at most `STDERR_CHARACTERS`. */
  readonly stderr: string
}

/** A process that was started. */
export interface RunningTool {
  /** Present when the process is fed: whoever holds it writes raw bytes, then ends it. */
  readonly stdin: Writable | null
  /** Settles when the process is gone and all that it wrote is consumed. */
  readonly finished: Promise<ToolResult>
}

/** How much of a process's stderr is kept: its end, where the cause stands. */
const STDERR_CHARACTERS = 16_384

const GENERAL: Record<ToolRun['tool'], readonly string[]> = {
  ffmpeg: [
    ...['-hide_banner', '-nostdin', '-y', '-loglevel', 'warning'],
    ...['-progress', 'pipe:3', '-stats_period', '0.2'],
  ],
  ffprobe: ['-hide_banner', '-loglevel', 'error'],
}

/** The command as it is run, without its confinement. */
export const commandLine = (run: Pick<ToolRun, 'tool' | 'args'>): string[] => [
  run.tool,
  ...GENERAL[run.tool],
  ...run.args,
]

/** Runs a process to its end. Throws `tool-missing`, `tool-failed`, `tool-timeout`, `disk-full` or `cancelled`. */
export const runTool = (tools: Tools, run: ToolRun): Promise<ToolResult> => startTool(tools, run).finished

/** Starts a process; with `feed`, its stdin is a pipe. Errors arrive in `finished`, of the kinds of `runTool`. */
export function startTool(tools: Tools, run: ToolRun & { readonly feed?: boolean }): RunningTool {
  const [, ...general] = commandLine(run)
  const env = { LC_ALL: 'C.UTF-8', HOME: run.cwd, ...run.env }
  const [file = '', ...args] = confine(tools.sandbox, [tools[run.tool], ...general], { ...run, env })
  const pipes = run.pipes ?? []
  const collects = typeof run.stdout === 'function'
  const subprocess = execa(file, args, {
    stdio: [
      run.feed ? 'pipe' : 'ignore',
      collects ? 'pipe' : ((run.stdout as Writable | undefined) ?? 'ignore'),
      'pipe',
      'pipe',
      ...pipes.map(() => 'pipe' as const),
    ],
    buffer: false,
    cwd: run.cwd,
    env,
    extendEnv: false,
    // A process group of its own: it hears no Ctrl-C of the terminal, and is ended as a whole.
    detached: true,
  })
  if (subprocess.pid !== undefined) void giveWay(subprocess.pid)
  const late = AbortSignal.timeout(Math.ceil(run.timeoutSeconds * 1000))
  const stopped = run.signal ? AbortSignal.any([run.signal, late]) : late
  const stop = () => endGroup(subprocess.pid)
  if (stopped.aborted) stop()
  stopped.addEventListener('abort', stop)

  let stderr = ''
  let progress: FfmpegProgress = { frames: 0, seconds: null, speed: null, done: false }
  const parse = progressParser((report) => {
    progress = report
    run.onProgress?.(report)
  })
  const sinks: (Sink | null)[] = [
    null,
    collects ? (run.stdout as Sink) : null,
    (chunk) => {
      stderr = (stderr + Buffer.from(chunk).toString()).slice(-STDERR_CHARACTERS)
    },
    (chunk) => parse(Buffer.from(chunk).toString()),
    ...pipes,
  ]
  const drained = sinks.map((sink, fd) => sink && drain(subprocess.stdio[fd] as Readable, sink))
  const finished = Promise.all([subprocess, ...drained])
    .then(
      () => ({ progress, stderr }),
      async (error: unknown) => {
        // A sink that failed must not leave the process running, nor we go before it is gone.
        stop()
        await subprocess.catch(() => undefined)
        throw error instanceof ExecaError ? describe(error, run, late.aborted, stderr) : error
      },
    )
    .finally(() => stopped.removeEventListener('abort', stop))
  return { stdin: run.feed ? subprocess.stdin : null, finished }
}

async function drain(stream: Readable, sink: Sink): Promise<void> {
  for await (const chunk of stream) await sink(chunk as Uint8Array)
}

/**
 * Ends a process and all that it started. SIGKILL, since nothing of an unfinished run is kept; and to the group, since bubblewrap
 * that loses only its outer half while it sets up leaves the inner half waiting for ever.
 */
function endGroup(leader: number | undefined): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, 'SIGKILL')
  } catch (error) {
    // Gone already.
    if (errnoOf(error) !== 'ESRCH') throw error
  }
}

function describe(error: ExecaError, run: ToolRun, late: boolean, stderr: string): CutroomError {
  const options = { cause: error, toolOutput: stderr }
  if (run.signal?.aborted) return new CutroomError('cancelled', 'The work was cancelled.', options)
  if (late) {
    return new CutroomError(
      'tool-timeout',
      `${run.tool} did not finish within ${run.timeoutSeconds} s.`,
      options,
    )
  }
  if (error.code === 'ENOENT' || /^(bwrap: execvp|prlimit: failed to execute)/m.test(stderr)) {
    return new CutroomError('tool-missing', `The program ${run.tool} could not be started.`, options)
  }
  if (/No space left on device|File too large/.test(stderr)) {
    return new CutroomError('disk-full', `${run.tool} found no room for its output.`, options)
  }
  const how = error.signal ? `was ended by ${error.signal}` : `ended with exit code ${error.exitCode}`
  const last = lastSentence(stderr)
  return new CutroomError('tool-failed', `${run.tool} ${how}${last ? `: ${last}` : ''}.`, options)
}

/** The last line of ffmpeg's words that says something, without the address of the object that said it. */
export function lastSentence(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^\[[^\]]*\]\s*/, '').trim())
    .filter(
      (line) => line !== '' && !/^(Conversion failed!|Exiting normally|Error while filtering)/.test(line),
    )
  return (lines.at(-1) ?? '').replace(/\.$/, '')
}
