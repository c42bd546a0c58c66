import { homedir } from 'node:os'
import path from 'node:path'
import { CutroomError } from '@cutroom/contracts'
import { z } from 'zod'

const settingsSchema = z.object({
  CUTROOM_DATA: z.string().min(1).optional(),
  CUTROOM_FFMPEG: z.string().min(1).default('ffmpeg'),
  CUTROOM_FFPROBE: z.string().min(1).default('ffprobe'),
  CUTROOM_ESPEAK: z.string().min(1).default('espeak-ng'),
  CUTROOM_SANDBOX: z.enum(['auto', 'off']).default('auto'),
  XDG_DATA_HOME: z.string().min(1).optional(),
  PATH: z.string().default(''),
})

/** Names of all environment variables that are read. */
export const SETTINGS = Object.keys(settingsSchema.shape)

/** The settings of this process; the table for operators is `docs/settings.md`. */
export interface Config {
  /** Where Cutroom keeps everything: `temp/` for scratch, `storage/` for artifacts. */
  readonly dataDir: string
  /** Names or paths of programs. */
  readonly ffmpeg: string
  readonly ffprobe: string
  readonly espeak: string
  readonly sandbox: 'auto' | 'off'
  readonly searchPath: string
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
    throw new CutroomError(
      'usage-invalid',
      `The setting ${String(issue?.path[0])} is wrong: ${issue?.message}.`,
      {
        remedy: REMEDY,
      },
    )
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
  }
}
