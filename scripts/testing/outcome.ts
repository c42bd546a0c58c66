import { stripVTControlCharacters } from 'node:util'

/** The part of node:test's events that the summary needs. */
export interface TestEvent {
  readonly type: 'test:pass' | 'test:fail' | 'test:stdout' | 'test:stderr' | 'test:diagnostic'
  readonly data: {
    readonly name?: string
    readonly nesting?: number
    readonly file?: string
    readonly line?: number
    readonly skip?: string | boolean
    readonly todo?: string | boolean
    readonly message?: string
    readonly details?: { readonly type?: string; readonly error?: unknown }
  }
}

export interface Failure {
  /** The names of the test and of what encloses it, outermost first; empty for the file itself. */
  readonly path: readonly string[]
  readonly line: number | undefined
  readonly error: string
}

/** Of an error's message; differences of large values fill screens. */
const MOST_LINES = 40

/** What became of one test file. */
export interface Outcome {
  readonly file: string
  readonly seconds: number
  readonly passed: number
  readonly failures: readonly Failure[]
  /** The reason of each skipped test. */
  readonly skips: readonly string[]
}

/**
 * What a file's events mean. A file that crashed, hung, was killed or held no test has failed, whatever its
 * tests said; a group fails only through its tests, so groups are not counted.
 */
export function summarise(file: string, seconds: number, events: readonly TestEvent[]): Outcome {
  const failures: Failure[] = []
  const skips: string[] = []
  let passed = 0
  for (const [index, event] of events.entries()) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    const { name = '', nesting = 0, line, skip, todo, details } = event.data
    // node:test reports a file's own end under the file's path.
    const isFile = nesting === 0 && name === file
    const failed = event.type === 'test:fail'
    if (isFile) {
      const printed = printedBy(events)
      const error = failed
        ? `${describeFileError(details?.error)}${lastTest(events, file)}${printed}`
        : 'The file holds no test.'
      failures.push({ path: [], line: undefined, error })
    } else if (skip !== undefined || todo !== undefined) {
      skips.push(
        typeof skip === 'string' && skip !== '' ? skip : todo === undefined ? 'no reason given' : 'todo',
      )
    } else if (failed && !failedThroughSubtests(details?.error)) {
      const error = [describeError(details?.error), ...toldOf(events, index)].join('\n')
      failures.push({ path: pathOf(events, index), line, error })
    } else if (!failed && details?.type !== 'suite') passed++
  }
  if (passed + failures.length + skips.length === 0) {
    failures.push({ path: [], line: undefined, error: 'The file reported no test.' })
  }
  return { file, seconds, passed, failures, skips }
}

/** What a test told of itself as it ended: its diagnostics follow its event. */
function toldOf(events: readonly TestEvent[], index: number): string[] {
  const told: string[] = []
  for (const { type, data } of events.slice(index + 1)) {
    if (type === 'test:pass' || type === 'test:fail') break
    if (type === 'test:diagnostic' && data.file !== undefined) told.push(data.message ?? '')
  }
  return told
}

/** A test's event comes before the events of what encloses it: the next one of each lower nesting names its parent. */
function pathOf(events: readonly TestEvent[], index: number): string[] {
  const path: string[] = []
  let depth = Number.POSITIVE_INFINITY
  for (const { type, data } of events.slice(index)) {
    if (type !== 'test:pass' && type !== 'test:fail') continue
    const nesting = data.nesting ?? 0
    if (nesting >= depth) continue
    path.unshift(data.name ?? '')
    depth = nesting
  }
  return path
}

function failedThroughSubtests(error: unknown): boolean {
  return error instanceof Error && 'failureType' in error && error.failureType === 'subtestsFailed'
}

function describeFileError(error: unknown): string {
  if (error instanceof Error && 'failureType' in error && error.failureType === 'testAborted') {
    return 'The file did not end in time: a test hangs, or left a timer, a server or a child process behind.'
  }
  const code = error instanceof Error && 'exitCode' in error ? ` (exit code ${error.exitCode})` : ''
  return `The file crashed or ended badly${code}.`
}

/** Where to look for what went wrong: behind the last test that came to its end. */
function lastTest(events: readonly TestEvent[], file: string): string {
  const last = events.findLast(({ type, data }) => /pass|fail/.test(type) && data.name !== file)
  return last === undefined ? '' : ` The last test that ended: ${last.data.name}.`
}

function printedBy(events: readonly TestEvent[]): string {
  const text = events
    // Diagnostics without a file are node:test's own sums.
    .filter(
      ({ type, data }) => type === 'test:stderr' || (type === 'test:diagnostic' && data.file !== undefined),
    )
    .map(({ type, data }) => (type === 'test:stderr' ? (data.message ?? '') : `${data.message}\n`))
    .join('')
  const lines = stripVTControlCharacters(text).trimEnd().split('\n').slice(-30)
  return text.trim() === '' ? '' : `\n${lines.join('\n')}`
}

/** node:test wraps what a test threw; the message of an assertion shows both values already. */
function describeError(error: unknown): string {
  const thrown = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(thrown instanceof Error)) return String(thrown)
  const place = thrown.stack
    ?.split('\n')
    .filter((line) => /^\s+at .*(file:|\/)/.test(line) && !line.includes('node:'))
  const cause =
    thrown.cause instanceof Error ? `\ncaused by ${thrown.cause.name}: ${thrown.cause.message}` : ''
  const message = `${thrown.name}: ${thrown.message.trimEnd()}`.split('\n')
  const rest = message.length > MOST_LINES ? [`… ${message.length - MOST_LINES} lines more`] : []
  return [...message.slice(0, MOST_LINES), ...rest, ...cause, ...(place ?? []).slice(0, 4)].join('\n')
}
