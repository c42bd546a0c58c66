import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'

export type Log = Logger

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Where lines go. Default: stdout. */
  readonly destination?: DestinationStream
}

/** Fields that hold secrets wherever they stand in what is logged. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'current',
  'token',
  'secret',
  'connectionString',
]
const REDACTED = SECRET_FIELDS.flatMap((field) =>
  ['', '*.', '*.*.'].map((way) => `${way}["${field}"]`.replace('.[', '[')),
)

/**
 * What a secret looks like inside of other text: our keys, cookies and links; signed links; the password of a database's address.
 * Fields are not enough, since a secret may come in the words of an error.
 */
const SECRETS = /\bcut[sl]?_[\w-]{20,}|\beyJ[\w-]+\.[\w-]+\.[\w-]+|(?<=:\/\/[^\s:/@"]{0,100}:)[^\s@"]+(?=@)/g

/** Makes a log of JSON lines without secrets. Whatever is written about a job carries its `profileId` and `jobId` (`log.child`). */
export function createLog({ level, destination }: LogOptions): Log {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    base: null,
    redact: { paths: REDACTED, censor: '[secret]' },
    serializers: { err: errorRecord },
    hooks: { streamWrite: (line: string) => line.replace(SECRETS, '[secret]') },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

interface ErrorRecord {
  readonly name: string
  readonly message: string
  readonly code?: unknown
  readonly stack?: string | undefined
  readonly cause?: ErrorRecord | undefined
}

/** An error with its causes. Those of the database hold the values of the query that failed, which may be anybody's: they are left out. */
function errorRecord(error: unknown): ErrorRecord {
  if (!(error instanceof Error)) return { name: 'unknown', message: String(error) }
  const ofQuery = 'query' in error && 'params' in error
  const message = ofQuery ? `Failed query: ${String(error.query)}` : error.message
  return {
    name: error.name,
    message,
    ...('code' in error && { code: error.code }),
    stack: ofQuery ? error.stack?.replace(error.message, message) : error.stack,
    ...(error.cause !== undefined && { cause: errorRecord(error.cause) }),
  }
}

const LEVELS: Readonly<Record<number, string>> = {
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
}

/** Lines for people who watch a terminal: time, level, words, and what the line is about. */
export const terminalLines = (stream: { write(text: string): unknown }): DestinationStream => ({
  write(line) {
    const { level, time, msg, err, ...about } = JSON.parse(line)
    const facts = Object.entries(about).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    const head = `${String(time).slice(11, 19)} ${(LEVELS[level] ?? '').padEnd(5)} ${msg ?? ''}`
    stream.write(`${[head, ...facts].join('  ')}\n${err?.message === undefined ? '' : `  ${err.message}\n`}`)
  },
})
