import type { ProfileDefaults, ProfileLimits } from '@cutroom/contracts'
import { type Command, InvalidArgumentError } from 'commander'
import { captionStyleOf, numberBetween } from './options.ts'

/** What a brand may be told to be; what is not named stays as it is. */
export interface ProfileFields {
  readonly name?: string
  readonly description?: string
  readonly colour?: string
  readonly voice?: string
  readonly captions?: string
  readonly preset?: string
  readonly duration?: number
  readonly jobsAtOnce?: number
  /** `null` sets no limit. */
  readonly scratch?: number | null
  readonly storage?: number | null
  /** US dollars. */
  readonly monthlySpend?: number | null
}

export const withProfileFields = (command: Command): Command =>
  command
    .option('--description <text>', 'what the brand is about')
    .option('--colour <#rrggbb>', 'its colour in the studio')
    .option('--voice <id>', 'voice of new clips')
    .option('--captions <style>', 'caption style of new clips, or none')
    .option('--preset <id>', 'target of exports where none is named')
    .option('--duration <s>', 'length of new clips in seconds, 1.5 to 600', numberBetween(1.5, 600, false))
    .option('--jobs-at-once <n>', 'how many of its jobs run at once, 1 to 64', numberBetween(1, 64, true))
    .option(
      '--scratch <size>',
      'most that its running jobs may take of the disk, such as 20GB, or none',
      sizeOf,
    )
    .option('--storage <size>', 'most that it may keep, such as 500GB, or none', sizeOf)
    .option(
      '--monthly-spend <dollars>',
      'most that its voices may cost a month in US dollars, or none',
      dollarsOf,
    )

/** The fields as the API takes them. Throws `field-invalid` for a caption style that there is not. */
export function profileBody(fields: ProfileFields): object {
  const { name, description, colour, voice, captions, preset, duration } = fields
  const { jobsAtOnce, scratch, storage, monthlySpend } = fields
  const captionStyle = captions === undefined ? undefined : captionStyleOf(captions)
  const defaults: Loose<ProfileDefaults> = { voice, captionStyle, preset, duration }
  const limits: Loose<ProfileLimits> = {
    jobsAtOnce,
    scratchBytes: scratch,
    storageBytes: storage,
    monthlySpendMicros: typeof monthlySpend === 'number' ? Math.round(monthlySpend * 1e6) : monthlySpend,
  }
  // Whoever may not change limits may still change the rest.
  return { name, description, colour, ...unlessEmpty({ defaults }), ...unlessEmpty({ limits }) }
}

type Loose<T> = { [K in keyof T]: T[K] | undefined }

const unlessEmpty = <T extends Record<string, object>>(part: T): Partial<T> =>
  Object.values(part).some((fields) => Object.values(fields).some((value) => value !== undefined)) ? part : {}

const UNITS = ['b', 'kb', 'mb', 'gb', 'tb']

/** Bytes of a size as people write it, in the units in which sizes are printed; `null` for `none`. */
export function sizeOf(text: string): number | null {
  if (text === 'none') return null
  const [, number, unit = 'b'] = /^(\d+(?:\.\d+)?) ?([kmgt]?b)?$/.exec(text.trim().toLowerCase()) ?? []
  const bytes = Math.round(Number(number) * 1000 ** UNITS.indexOf(unit))
  if (number !== undefined && Number.isSafeInteger(bytes)) return bytes
  throw new InvalidArgumentError('It must be a size such as 500MB or 20GB, or none.')
}

/** `null` for `none`. */
function dollarsOf(text: string): number | null {
  return text === 'none' ? null : numberBetween(0, 1e9, false)(text)
}
