import { z } from 'zod'

/** An exact fraction, as containers write frame rates and aspect ratios. */
export const rationalSchema = z.object({ num: z.int(), den: z.int().positive() })
export type Rational = z.infer<typeof rationalSchema>

export const colourSchema = z.object({
  /** As ffprobe names them; `null` where the file does not say. */
  primaries: z.string().nullable(),
  transfer: z.string().nullable(),
  matrix: z.string().nullable(),
  range: z.enum(['limited', 'full']).nullable(),
})

export const videoStreamSchema = z.object({
  /** Index of the stream in its file, as `-map 0:<index>` wants it. */
  index: z.int().min(0),
  codec: z.string(),
  /** When the first picture is shown, in seconds of the source; not 0 where sound begins before it. */
  startSeconds: z.number(),
  codedWidth: z.int().positive(),
  codedHeight: z.int().positive(),
  /** Clockwise turn, in degrees, that a player must apply. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  sampleAspectRatio: rationalSchema,
  /** Square pixels as seen: after the turn and the sample aspect ratio; rounded to whole pixels. */
  displayWidth: z.int().positive(),
  displayHeight: z.int().positive(),
  averageFrameRate: rationalSchema,
  /** The lowest rate that can express every time stamp exactly (ffprobe's r_frame_rate). */
  realFrameRate: rationalSchema,
  variableFrameRate: z.boolean(),
  pixelFormat: z.string(),
  bitDepth: z.int().positive(),
  interlaced: z.boolean(),
  colour: colourSchema,
  /** The transfer function of a high-dynamic-range picture, else `null`. */
  hdr: z.enum(['pq', 'hlg']).nullable(),
})
export type VideoStream = z.infer<typeof videoStreamSchema>

export const audioStreamSchema = z.object({
  index: z.int().min(0),
  codec: z.string(),
  sampleRate: z.int().positive(),
  channels: z.int().positive(),
  /** As ffprobe names it (`stereo`, `5.1(side)`), or `null` where the file does not say. */
  layout: z.string().nullable(),
})
export type AudioStream = z.infer<typeof audioStreamSchema>

/** What later stages need to know of a media file. Nothing in it is guessed. */
export const probeSchema = z.object({
  sizeBytes: z.int().positive(),
  /** ffprobe's name of the demuxer, e.g. `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: z.string(),
  /** Seconds, from the first instant of the file to the end of the chosen stream (video if there is one, else audio). */
  durationSeconds: z.number().positive(),
  video: videoStreamSchema.nullable(),
  audio: audioStreamSchema.nullable(),
  hasCoverArt: z.boolean(),
})
export type MediaProbe = z.infer<typeof probeSchema>
