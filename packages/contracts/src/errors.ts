/**
 * The one vocabulary of errors. Every failure that a person or a program can meet carries one of these codes;
 * a test holds `docs/errors.md` against this table.
 *
 * `status` is the HTTP status of the answer, `exit` the exit code of the command line.
 */
export interface ErrorDefinition {
  readonly status: number
  readonly exit: number
  readonly meaning: string
  readonly remedy: string
}

/** Exit codes of the command line. 0 is success; 130 is an interrupt by the user. */
export const EXIT = {
  internal: 1,
  usage: 2,
  input: 3,
  footage: 4,
  tool: 5,
  resource: 6,
  interrupted: 130,
} as const

const define = <T extends Record<string, ErrorDefinition>>(table: T): Readonly<T> => table

export const ERRORS = define({
  // Wrong usage
  'usage-invalid': {
    status: 400,
    exit: EXIT.usage,
    meaning: 'The command or its options are not what Cutroom understands.',
    remedy: 'Run the command with --help and compare.',
  },
  'field-invalid': {
    status: 422,
    exit: EXIT.usage,
    meaning: 'A field has a value outside of what is allowed.',
    remedy: 'Use a value inside the limits that the message names.',
  },
  // The service
  'request-invalid': {
    status: 400,
    exit: EXIT.usage,
    meaning: 'The request cannot be read.',
    remedy: 'Send what the description of the API at /api/docs asks for.',
  },
  unauthenticated: {
    status: 401,
    exit: EXIT.usage,
    meaning: 'The request carries no valid session or key.',
    remedy: 'Sign in, or send a key that is not revoked as `Authorization: Bearer …`.',
  },
  forbidden: {
    status: 403,
    exit: EXIT.usage,
    meaning: 'The key or person may not do this.',
    remedy: 'Use a key with write access, or ask an owner.',
  },
  'not-found': {
    status: 404,
    exit: EXIT.usage,
    meaning: 'There is nothing of that id for this profile.',
    remedy: 'Check the id and the profile.',
  },
  conflict: {
    status: 409,
    exit: EXIT.usage,
    meaning: 'The request does not fit the present state.',
    remedy: 'Read the present state and decide again.',
  },
  'version-conflict': {
    status: 409,
    exit: EXIT.usage,
    meaning: 'Somebody else changed it meanwhile.',
    remedy: 'Read the current version, make the change again and send that version.',
  },
  'body-too-large': {
    status: 413,
    exit: EXIT.usage,
    meaning: 'The request or upload is larger than the limit.',
    remedy: 'Send less; the limits are in docs/limits.md.',
  },
  'rate-limited': {
    status: 429,
    exit: EXIT.resource,
    meaning: 'Too many requests in a short time.',
    remedy: 'Wait as long as the Retry-After header says.',
  },
  'quota-exceeded': {
    status: 507,
    exit: EXIT.resource,
    meaning: "A limit of the profile's is reached.",
    remedy: 'Delete what is not needed any more, or raise the limit of the profile.',
  },
  'link-expired': {
    status: 410,
    exit: EXIT.usage,
    meaning: 'The link to a file has expired.',
    remedy: 'Ask for a new link.',
  },
  'range-invalid': {
    status: 416,
    exit: EXIT.usage,
    meaning: 'The requested range lies outside of the file.',
    remedy: 'Ask for a range inside of the file.',
  },
  'server-unreachable': {
    status: 503,
    exit: EXIT.resource,
    meaning: 'The server does not answer.',
    remedy: 'Check its address and that it runs; `cutroom serve` starts one.',
  },
  // Input files
  'file-missing': {
    status: 422,
    exit: EXIT.input,
    meaning: 'A file does not exist or cannot be read.',
    remedy: 'Check the path and its permissions.',
  },
  'file-empty': {
    status: 422,
    exit: EXIT.input,
    meaning: 'The file has no bytes.',
    remedy: 'Upload or copy the file again.',
  },
  'media-unrecognised': {
    status: 422,
    exit: EXIT.input,
    meaning: 'The file is not a video or audio file that Cutroom knows.',
    remedy: 'Use a video file such as MP4, MOV, MKV or WebM.',
  },
  'media-playlist': {
    status: 422,
    exit: EXIT.input,
    meaning: 'The file is a playlist or script that points at other files, not a recording.',
    remedy: 'Upload the recording itself.',
  },
  'media-broken': {
    status: 422,
    exit: EXIT.input,
    meaning: 'The file starts like a video but cannot be decoded.',
    remedy: 'Export or copy the recording again; it is probably cut off.',
  },
  'media-no-video': {
    status: 422,
    exit: EXIT.input,
    meaning: 'The file holds no moving picture.',
    remedy: 'Use a file with a video track; cover art and still pictures do not count.',
  },
  'media-no-audio': {
    status: 422,
    exit: EXIT.input,
    meaning: 'The file holds no sound where sound is needed.',
    remedy: 'Use a file with an audio track.',
  },
  'media-too-large': {
    status: 422,
    exit: EXIT.input,
    meaning: 'The picture, duration or size of the file is beyond the limits.',
    remedy: 'Scale or cut the recording before you use it; the limits are in docs/limits.md.',
  },
  'captions-unreadable': {
    status: 422,
    exit: EXIT.input,
    meaning: 'The caption file cannot be understood.',
    remedy: 'Mend the line that the message names, or export the captions as SRT or VTT again.',
  },
  // Footage
  'footage-too-short': {
    status: 422,
    exit: EXIT.footage,
    meaning: 'The footage has less usable material than the clips need.',
    remedy: 'Add footage, ask for fewer or shorter clips, or allow clips that are shorter than asked for.',
  },
  // Speech
  'script-empty': {
    status: 422,
    exit: EXIT.usage,
    meaning: 'The script has no words to say.',
    remedy: 'Write at least one word.',
  },
  'script-too-long': {
    status: 422,
    exit: EXIT.usage,
    meaning: 'The script is longer than the limit.',
    remedy: 'Shorten the script.',
  },
  'voice-unknown': {
    status: 422,
    exit: EXIT.usage,
    meaning: 'There is no voice of that name.',
    remedy: 'Choose one of the voices that `cutroom doctor --voices` or GET /voices lists.',
  },
  'speech-failed': {
    status: 502,
    exit: EXIT.tool,
    meaning: 'The voice provider did not deliver speech.',
    remedy: 'Try again; if it persists, choose another voice.',
  },
  'preset-unknown': {
    status: 422,
    exit: EXIT.usage,
    meaning: 'There is no preset of that name.',
    remedy: 'Choose one of the presets that the message lists.',
  },
  // Tools and machine
  'tool-missing': {
    status: 503,
    exit: EXIT.tool,
    meaning: 'A program that this step needs is not installed.',
    remedy: 'Run `npm run doctor`; it prints the command that installs it.',
  },
  'tool-failed': {
    status: 500,
    exit: EXIT.tool,
    meaning: 'A program ended with an error.',
    remedy:
      'Its last words say why: they stand in the details of the job or in the answer, and --verbose prints them.',
  },
  'tool-timeout': {
    status: 500,
    exit: EXIT.tool,
    meaning: 'A program did not finish within its time limit.',
    remedy: 'Try again when the machine is less busy.',
  },
  'output-wrong': {
    status: 500,
    exit: EXIT.tool,
    meaning: 'The finished file is not what was planned, so it was not published.',
    remedy:
      'Try again; if it persists, report it with the message and what the details of the job or --verbose say.',
  },
  'features-unreadable': {
    status: 500,
    exit: EXIT.internal,
    meaning: 'The stored features of a source are damaged or of another version.',
    remedy: 'Ingest the source again.',
  },
  'disk-full': {
    status: 507,
    exit: EXIT.resource,
    meaning: 'There is no room left for the files of this step.',
    remedy: 'Free space, or run `cutroom clean`.',
  },
  'scratch-conflict': {
    status: 409,
    exit: EXIT.resource,
    meaning: 'A scratch folder of this attempt exists already.',
    remedy: 'Retry the job, or start the command again: each try makes a folder of its own.',
  },
  // Data folder and database
  'data-folder-newer': {
    status: 409,
    exit: EXIT.resource,
    meaning: 'A newer version of Cutroom has written the data folder or its database.',
    remedy: 'Use that version or a newer one, or another data folder.',
  },
  'data-folder-older': {
    status: 409,
    exit: EXIT.resource,
    meaning:
      'The database was made by an older version of PostgreSQL, which this version of Cutroom does not bring.',
    remedy:
      'Use the version of Cutroom that made it; the notes of the newer release say how to move the database.',
  },
  'data-folder-other': {
    status: 409,
    exit: EXIT.resource,
    meaning: 'The database and the data folder belong to different studios.',
    remedy: 'Give all processes of a studio the same database and the same data folder.',
  },
  'data-folder-in-use': {
    status: 409,
    exit: EXIT.resource,
    meaning: 'Another process has the data folder open.',
    remedy: 'Stop the server and other commands on the data folder first.',
  },
  'database-unavailable': {
    status: 503,
    exit: EXIT.resource,
    meaning: 'The database cannot be started or reached.',
    remedy:
      'Do what the message says; for an embedded database, postgres/postgres.log in the data folder says more.',
  },
  'database-damaged': {
    status: 503,
    exit: EXIT.resource,
    meaning: 'The files of the database are damaged.',
    remedy: 'Restore a backup.',
  },
  'database-not-empty': {
    status: 409,
    exit: EXIT.resource,
    meaning: 'There is a database already where one should be restored.',
    remedy: 'Restore into another data folder, or say that the database may be replaced.',
  },
  'backup-damaged': {
    status: 422,
    exit: EXIT.resource,
    meaning: 'The file is no backup of Cutroom, or it is damaged.',
    remedy: 'Use another copy of the backup.',
  },
  'backup-unusable': {
    status: 422,
    exit: EXIT.resource,
    meaning: 'The backup was made by a version that this one cannot read.',
    remedy: 'Restore it with the version of Cutroom that made it.',
  },
  'worker-lost': {
    status: 500,
    exit: EXIT.tool,
    meaning: 'The worker was gone before the job was finished.',
    remedy: 'See whether the machine ran out of memory or was restarted, then retry the job.',
  },
  cancelled: {
    status: 409,
    exit: EXIT.interrupted,
    meaning: 'The work was cancelled.',
    remedy: 'Start it again when you want it; finished stages are kept.',
  },
  internal: {
    status: 500,
    exit: EXIT.internal,
    meaning: 'Something failed that Cutroom did not foresee.',
    remedy: 'Report it with what the log of the server says, or what the command prints with --verbose.',
  },
})

export type ErrorCode = keyof typeof ERRORS

export interface ErrorOptions {
  readonly cause?: unknown
  /** What to do about it, where it can be said more precisely than in the registry. */
  readonly remedy?: string
  /** The name of the offending input field or option. */
  readonly field?: string
  /** Further facts for programs: limits, values, line numbers. */
  readonly details?: Readonly<Record<string, unknown>>
  /** The last lines a child process printed; shown only when asked for. */
  readonly toolOutput?: string
}

/** An error that a person can act on: a code, one sentence, a remedy. */
export class CutroomError extends Error {
  override readonly name = 'CutroomError'
  readonly code: ErrorCode
  readonly remedy: string
  readonly field: string | undefined
  readonly details: Readonly<Record<string, unknown>>
  readonly toolOutput: string | undefined

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.remedy = options.remedy ?? ERRORS[code].remedy
    this.field = options.field
    this.details = options.details ?? {}
    this.toolOutput = options.toolOutput
  }
}

/** Any thrown value as a CutroomError: itself, or `internal` with the value as its cause. Where tidying up failed as well, the first failure. */
export function toCutroomError(thrown: unknown): CutroomError {
  if (thrown instanceof CutroomError) return thrown
  if (thrown instanceof SuppressedError) return toCutroomError(thrown.suppressed)
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new CutroomError('internal', message, { cause: thrown })
}

/** The operating system's code of a thrown value (`ENOENT`, `ENOSPC`, …), or `undefined` where it carries none. */
export function errnoOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}

/** For `catch`: a value where the operating system gave one of these codes; everything else is thrown on. */
export function ifErrno<T>(codes: readonly string[], value: T): (thrown: unknown) => T {
  return (thrown) => {
    if (codes.includes(errnoOf(thrown) ?? '')) return value
    throw thrown
  }
}

/** For `catch`: a value where there is no such file or folder. */
export const ifMissing = <T>(value: T): ((thrown: unknown) => T) => ifErrno(['ENOENT'], value)

/** A failed file operation as a CutroomError: `disk-full` where there is no room left, else `internal`. `doing` starts its sentence. */
export function toFileError(thrown: unknown, doing: string): CutroomError {
  if (thrown instanceof CutroomError) return thrown
  const errno = errnoOf(thrown)
  if (errno === 'ENOSPC' || errno === 'EDQUOT') {
    return new CutroomError('disk-full', `${doing} failed because there is no room left on the disk.`, {
      cause: thrown,
    })
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return new CutroomError('internal', `${doing} failed: ${reason}.`, { cause: thrown })
}
