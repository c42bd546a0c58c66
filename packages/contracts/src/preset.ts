import { z } from 'zod'

/** Fractions of the frame, from each edge, that a platform covers with its own buttons and text. */
export const safeAreaSchema = z.object({
  top: z.number().min(0).max(0.5),
  right: z.number().min(0).max(0.5),
  bottom: z.number().min(0).max(0.5),
  left: z.number().min(0).max(0.5),
})
export type SafeArea = z.infer<typeof safeAreaSchema>

/** The target of an export. */
export const presetSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string(),
  /** Pixels of the finished frame, both even; `source` keeps those of the first cut's source. */
  frame: z.union([z.object({ width: z.int().positive(), height: z.int().positive() }), z.literal('source')]),
  /** Frames per second, constant; `source` keeps those of the first cut's source, at most 60. */
  frameRate: z.union([z.int().positive().max(60), z.literal('source')]),
  video: z.object({
    codec: z.literal('h264'),
    /** x264's constant rate factor: lower is better and larger. */
    crf: z.number().min(0).max(51),
    /** Ceiling of the bit rate over `bufferKbit`, kbit/s. */
    maxRateKbps: z.int().positive(),
    bufferKbit: z.int().positive(),
    /** x264's speed preset. */
    speed: z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow']),
    /** Longest distance between key frames, seconds. */
    gopSeconds: z.number().positive(),
  }),
  audio: z.object({ codec: z.literal('aac'), bitRateKbps: z.int().positive(), sampleRate: z.literal(48000) }),
  /** EBU R128: integrated loudness in LUFS and the highest true peak in dBTP. */
  loudness: z.object({ integratedLufs: z.number(), truePeakDbtp: z.number() }),
  safeArea: safeAreaSchema,
})
export type Preset = z.infer<typeof presetSchema>

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
