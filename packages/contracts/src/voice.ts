import { z } from 'zod'
import { captionStyleIdSchema } from './captions.ts'
import { presetIdSchema } from './export.ts'
import { prioritySchema } from './job-kind.ts'
import { idSchema } from './page.ts'
import { nameSchema, textSchema } from './text.ts'
import { sourceIdSchema } from './timeline.ts'

export const voiceSchema = z
  .object({
    id: z.string().describe('As scripts name it: `espeak:en-us`.'),
    name: z.string(),
    provider: z.string(),
    languages: z.array(z.string()).describe('BCP 47, the best first.'),
    gender: z.enum(['female', 'male', 'neutral']).nullable(),
    micros1000: z.int().describe('Millionths of a US dollar for 1000 characters.'),
  })
  .meta({ id: 'Voice' })
export type Voice = z.infer<typeof voiceSchema>
export const voiceListSchema = z.object({ items: z.array(voiceSchema) }).meta({ id: 'VoiceList' })

const versionSchema = z
  .int()
  .min(1)
  .max(2 ** 31 - 1)
const scriptSchema = textSchema(0, 20_000)
const voiceIdSchema = textSchema(1, 100)

export const voiceQuoteRequestSchema = z
  .strictObject({
    text: scriptSchema.describe('A script; blank costs nothing.'),
    voice: voiceIdSchema.optional().describe('Default: that of the profile.'),
  })
  .meta({ id: 'VoiceQuoteRequest' })

export const voiceQuoteSchema = z
  .object({
    characters: z
      .int()
      .describe('Unicode characters that are asked of the voice; what is said twice is asked once.'),
    boughtAlready: z.int().describe('How many of them the profile has had spoken before: they cost nothing.'),
    words: z.int(),
    seconds: z
      .number()
      .describe(
        'Length of the voice, pauses included. Measured where phrases were spoken before, else estimated from their characters, at the pace of those that were measured.',
      ),
    costMicros: z.int().describe('What the rest costs, millionths of a US dollar.'),
  })
  .meta({ id: 'VoiceQuote' })
export type VoiceQuote = z.infer<typeof voiceQuoteSchema>

export const voiceSpendingSchema = z
  .object({
    month: z.string().describe('The month that counts, in UTC: `2026-11`.'),
    spentMicros: z
      .int()
      .describe(
        'What voices cost the profile in it, millionths of a US dollar; with what is set aside for those that are being bought.',
      ),
    limitMicros: z.int().nullable().describe('What they may cost in a month; `null`: no limit.'),
  })
  .meta({ id: 'VoiceSpending' })
export type VoiceSpending = z.infer<typeof voiceSpendingSchema>

const clipIdsSchema = z.array(idSchema).min(1).max(200)

export const recordedVoiceSchema = z
  .strictObject({
    version: versionSchema.describe('The version of the clip that the change is based on.'),
    sourceId: sourceIdSchema.describe('A source with sound.'),
  })
  .meta({ id: 'RecordedVoice' })

export const voiceoversSchema = z
  .strictObject({
    clipIds: clipIdsSchema,
    script: scriptSchema.optional().describe("For all of them. Default: each clip's own."),
    voice: voiceIdSchema.optional().describe("For all of them. Default: each clip's own."),
    priority: prioritySchema.optional(),
  })
  .meta({ id: 'Voiceovers' })
export type Voiceovers = z.infer<typeof voiceoversSchema>

const seedSchema = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
const captionTextSchema = textSchema(1, 1_000_000).describe('Text of an SRT or WebVTT file.')
const styleSchema = captionStyleIdSchema.nullable().describe('`null` burns no captions in.')

/** Videos in, finished clips out: all of it as one job. */
export const oneShotSchema = z
  .strictObject({
    videos: z.array(sourceIdSchema).min(1).max(100),
    audio: sourceIdSchema.optional().describe('A recorded voice, instead of a synthetic one.'),
    music: sourceIdSchema.optional(),
    captions: captionTextSchema.optional(),
    script: scriptSchema.optional(),
    voice: voiceIdSchema.optional().describe('Default: that of the profile.'),
    captionStyle: styleSchema.optional().describe('Default: that of the profile.'),
    presetId: presetIdSchema.optional().describe('Default: that of the profile.'),
    variants: z.int().min(1).max(20).default(3),
    duration: z.number().min(1.5).max(600).optional().describe('Seconds. With a voice, its length decides.'),
    seed: seedSchema.default(1),
    bestEffort: z.boolean().default(false),
    projectName: nameSchema.optional(),
    priority: prioritySchema.optional(),
  })
  .meta({ id: 'OneShot' })
export type OneShot = z.infer<typeof oneShotSchema>

/** A main video whose sound goes on while other videos are shown where its captions say their keywords. */
export const multiVideoSchema = z
  .strictObject({
    main: sourceIdSchema.describe('At most 600 s long.'),
    captions: captionTextSchema,
    others: z
      .array(
        z.strictObject({
          sourceId: sourceIdSchema,
          keywords: z.array(nameSchema.max(100)).min(1).max(50),
        }),
      )
      .min(1)
      .max(50),
    captionStyle: styleSchema.optional().describe('Default: that of the profile.'),
    presetId: presetIdSchema.optional().describe('Default: that of the profile.'),
    projectName: nameSchema.optional(),
    priority: prioritySchema.optional(),
  })
  .meta({ id: 'MultiVideo' })
export type MultiVideo = z.infer<typeof multiVideoSchema>
