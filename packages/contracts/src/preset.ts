import { z } from 'zod'
import { CutroomError } from './errors.ts'
import { nameSchema } from './text.ts'

/** Fractions of the frame, from each edge, that a platform covers with its own buttons and text. */
export const safeAreaSchema = z.object({
  top: z.number().min(0).max(0.5),
  right: z.number().min(0).max(0.5),
  bottom: z.number().min(0).max(0.5),
  left: z.number().min(0).max(0.5),
})
export type SafeArea = z.infer<typeof safeAreaSchema>

const sideSchema = z.int().min(64).max(4096).multipleOf(2)

/** The target of an export. */
export const presetSchema = z
  .object({
    id: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .describe('1 to 40 of a–z, 0–9 and `-`.'),
    name: nameSchema,
    frame: z
      .union([z.object({ width: sideSchema, height: sideSchema }), z.literal('source')])
      .describe("Pixels of the finished frame, both even; `source` keeps those of the first cut's source."),
    frameRate: z
      .union([z.int().min(1).max(60), z.literal('source')])
      .describe("Frames per second, constant; `source` keeps those of the first cut's source, at most 60."),
    video: z.object({
      codec: z.literal('h264'),
      crf: z.number().min(0).max(51).describe("x264's constant rate factor: lower is better and larger."),
      maxRateKbps: z
        .int()
        .min(100)
        .max(200_000)
        .describe('Ceiling of the bit rate over `bufferKbit`, kbit/s.'),
      bufferKbit: z.int().min(100).max(400_000),
      speed: z
        .enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow'])
        .describe("x264's speed preset."),
      gopSeconds: z.number().min(0.1).max(20).describe('Longest distance between key frames, seconds.'),
    }),
    audio: z.object({
      codec: z.literal('aac'),
      bitRateKbps: z.int().min(32).max(512),
      sampleRate: z.literal(48000),
    }),
    loudness: z
      .object({ integratedLufs: z.number().min(-40).max(-5), truePeakDbtp: z.number().min(-9).max(0) })
      .describe('EBU R128: integrated loudness in LUFS and the highest true peak in dBTP.'),
    safeArea: safeAreaSchema,
  })
  .meta({ id: 'Preset' })
export type Preset = z.infer<typeof presetSchema>

/** A preset as the API lists it. */
export const listedPresetSchema = presetSchema.extend({ builtIn: z.boolean() }).meta({ id: 'ListedPreset' })
export type ListedPreset = z.infer<typeof listedPresetSchema>
export const presetListSchema = z.object({ items: z.array(listedPresetSchema) }).meta({ id: 'PresetList' })

const h264 = {
  codec: 'h264',
  crf: 21,
  maxRateKbps: 12_000,
  bufferKbit: 24_000,
  speed: 'veryfast',
  gopSeconds: 2,
} as const
const aac = { codec: 'aac', bitRateKbps: 192, sampleRate: 48_000 } as const
const loudness = { integratedLufs: -14, truePeakDbtp: -1 } as const
const portrait = {
  frame: { width: 1080, height: 1920 },
  frameRate: 30,
  video: h264,
  audio: aac,
  loudness,
} as const
const wholeFrame = { top: 0.05, right: 0.05, bottom: 0.08, left: 0.05 } as const

/**
 * The presets that come with Cutroom. The safe areas are what the players' own overlays leave free on a
 * 1080×1920 frame: caption and music line below, the column of buttons at the right, the tabs above.
 */
export const PRESETS: readonly Preset[] = [
  {
    id: 'reels',
    name: 'Instagram Reels',
    ...portrait,
    safeArea: { top: 0.14, right: 0.12, bottom: 0.22, left: 0.06 },
  },
  {
    id: 'tiktok',
    name: 'TikTok',
    ...portrait,
    safeArea: { top: 0.11, right: 0.13, bottom: 0.2, left: 0.06 },
  },
  {
    id: 'shorts',
    name: 'YouTube Shorts',
    ...portrait,
    safeArea: { top: 0.12, right: 0.13, bottom: 0.21, left: 0.06 },
  },
  { id: 'square', name: 'Square', ...portrait, frame: { width: 1080, height: 1080 }, safeArea: wholeFrame },
  {
    id: 'landscape',
    name: 'Landscape',
    ...portrait,
    frame: { width: 1920, height: 1080 },
    safeArea: wholeFrame,
  },
  {
    id: 'source',
    name: 'Like the source',
    ...portrait,
    frame: 'source',
    frameRate: 'source',
    safeArea: wholeFrame,
  },
]

/** The failure to know a preset that a field names; it names those that there are. */
export function presetUnknown(id: string, known: Iterable<string>, field: string): CutroomError {
  const ids = [...known]
  return new CutroomError(
    'preset-unknown',
    `There is no preset ${JSON.stringify(id)}; there are ${ids.join(', ')}.`,
    { field, details: { value: id, known: ids } },
  )
}
