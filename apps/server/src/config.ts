import { homedir } from 'node:os'
import path from 'node:path'
import { CutroomError } from '@cutroom/contracts'
import { z } from 'zod'

const wholeNumber = (low: number, high: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'it must be a whole number')
    .transform(Number)
    .pipe(z.number().min(low, `it must be at least ${low}`).max(high, `it must be at most ${high}`))

const settingsSchema = z.object({
  CUTROOM_DATA: z.string().min(1).optional(),
  CUTROOM_FFMPEG: z.string().min(1).default('ffmpeg'),
  CUTROOM_FFPROBE: z.string().min(1).default('ffprobe'),
  CUTROOM_ESPEAK: z.string().min(1).default('espeak-ng'),
  CUTROOM_SANDBOX: z.enum(['auto', 'off']).default('auto'),
  CUTROOM_HOST: z.string().min(1).default('127.0.0.1'),
  CUTROOM_PORT: wholeNumber(0, 65_535).default(8484),
  CUTROOM_WORKER_PORT: wholeNumber(0, 65_535).optional(),
  CUTROOM_URL: z.url({ protocol: /^https?$/ }).optional(),
  CUTROOM_AUTH: z.enum(['on', 'off']).default('on'),
  CUTROOM_TRUST_PROXY: z.enum(['on', 'off']).default('off'),
  CUTROOM_ORIGINS: z.string().default(''),
  CUTROOM_METRICS_TOKEN: z.string().min(16, 'it must have at least 16 characters').optional(),
  CUTROOM_JOBS_AT_ONCE: wholeNumber(1, 64).optional(),
  CUTROOM_MAX_UPLOAD_BYTES: wholeNumber(1, 2 ** 43).default(20 * 2 ** 30),
  CUTROOM_GRACE_SECONDS: wholeNumber(0, 86_400).default(30),
  CUTROOM_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  CUTROOM_SERVER: z.url({ protocol: /^https?$/ }).optional(),
  CUTROOM_KEY: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'it must start with postgres://')
    // Without a host, which the driver allows and the standard does not, it is that of a socket.
    .refine((url) => URL.canParse(url.replace('@/', '@localhost/')), 'it cannot be read as an address')
    .optional(),
  XDG_DATA_HOME: z.string().min(1).optional(),
  PATH: z.string().default(''),
})

/** Names of all environment variables that are read. */
export const SETTINGS = Object.keys(settingsSchema.shape)

/** The settings of this process; the table for operators is `docs/settings.md`. */
export interface Config {
  /** Where Cutroom keeps everything: the embedded database, `temp/` for scratch, `storage/` for artifacts, `uploads/`. */
  readonly dataDir: string
  /** Names or paths of programs. */
  readonly ffmpeg: string
  readonly ffprobe: string
  readonly espeak: string
  readonly sandbox: 'auto' | 'off'
  readonly searchPath: string
  readonly host: string
  readonly port: number
  /** Where a worker that runs alone answers for its health and metrics; `null`: nowhere. */
  readonly workerPort: number | null
  /** Under which people and programs reach the server; `null` where that is its own address. */
  readonly publicUrl: string | null
  readonly authentication: boolean
  /** Whether `X-Forwarded-*` is to be believed. */
  readonly trustProxy: boolean
  /** Origins, besides its own, whose pages may call the API. */
  readonly origins: readonly string[]
  readonly metricsToken: string | null
  /** Jobs that a worker runs at once; `null` leaves it to the machine. */
  readonly jobsAtOnce: number | null
  readonly maxUploadBytes: number
  /** How long running jobs may go on after a server was asked to stop. */
  readonly graceSeconds: number
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** The server, and the key for it, that the command line works against; `null` for the data folder. */
  readonly server: string | null
  readonly key: string | null
  /** `null` for the embedded database. */
  readonly databaseUrl: string | null
}

const REMEDY = 'Correct the environment variable; docs/settings.md lists what is allowed.'

/** Reads the environment: the only place that does. Throws `usage-invalid` for a value outside of what is allowed. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const unknown = Object.keys(environment).find(
    (name) => name.startsWith('CUTROOM_') && !SETTINGS.includes(name),
  )
  if (unknown) throw new CutroomError('usage-invalid', `There is no setting ${unknown}.`, { remedy: REMEDY })
  const parsed = settingsSchema.safeParse(environment)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const sentence = `The setting ${String(issue?.path[0])} is wrong: ${issue?.message}.`
    throw new CutroomError('usage-invalid', sentence, { remedy: REMEDY })
  }
  const set = parsed.data
  const shared = set.XDG_DATA_HOME ?? path.join(homedir(), '.local', 'share')
  return {
    dataDir: path.resolve(set.CUTROOM_DATA ?? path.join(shared, 'cutroom')),
    ffmpeg: set.CUTROOM_FFMPEG,
    ffprobe: set.CUTROOM_FFPROBE,
    espeak: set.CUTROOM_ESPEAK,
    sandbox: set.CUTROOM_SANDBOX,
    searchPath: set.PATH,
    host: set.CUTROOM_HOST,
    port: set.CUTROOM_PORT,
    workerPort: set.CUTROOM_WORKER_PORT ?? null,
    publicUrl: set.CUTROOM_URL?.replace(/\/+$/, '') ?? null,
    authentication: set.CUTROOM_AUTH === 'on',
    trustProxy: set.CUTROOM_TRUST_PROXY === 'on',
    origins: set.CUTROOM_ORIGINS.split(',').flatMap((origin) => origin.trim() || []),
    metricsToken: set.CUTROOM_METRICS_TOKEN ?? null,
    jobsAtOnce: set.CUTROOM_JOBS_AT_ONCE ?? null,
    maxUploadBytes: set.CUTROOM_MAX_UPLOAD_BYTES,
    graceSeconds: set.CUTROOM_GRACE_SECONDS,
    logLevel: set.CUTROOM_LOG_LEVEL,
    server: set.CUTROOM_SERVER ?? null,
    key: set.CUTROOM_KEY ?? null,
    databaseUrl: set.DATABASE_URL ?? null,
  }
}

/** The same, with settings that were given in another way, such as options, going before the environment. */
export const readConfigWith = (given: Readonly<Record<string, string>>): Config =>
  readConfig({ ...process.env, ...given })

/** The data folder and the database that the settings name; `null` for the embedded one. */
export const databaseOf = ({ dataDir, databaseUrl }: Config) => ({
  dataDir,
  database: databaseUrl === null ? null : { connectionString: databaseUrl },
})
