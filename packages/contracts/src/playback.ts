import { z } from 'zod'
import { presetIdSchema } from './export.ts'
import { safeAreaSchema } from './preset.ts'

export const playbackQuerySchema = z.object({
  presetId: presetIdSchema.optional().describe('Default: that of the profile.'),
})

const fractionSchema = z.number().min(0).max(1)
const gainSchema = z.number().nullable()

/** A clip as a render for a preset shows and mixes it, for players. */
export const playbackSchema = z
  .object({
    presetId: z.string(),
    clipVersion: z.int(),
    frame: z.object({ width: z.int(), height: z.int() }).describe('Pixels of the finished frame.'),
    frameRate: z.object({ num: z.int(), den: z.int() }).describe('Frames per second, constant.'),
    frames: z.int(),
    lengthSeconds: z.number().describe('`frames` at `frameRate`.'),
    cuts: z
      .array(
        z.object({
          sourceId: z.string(),
          start: z
            .number()
            .describe(
              'Seconds of the source: its picture nearest to the start of the cut, which is the first one shown.',
            ),
          end: z
            .number()
            .describe(
              'Seconds of the source, exclusive. May lie a frame beyond its last picture, which is held.',
            ),
          at: z.number().describe('Seconds of the clip at which it is shown: a whole frame.'),
          frames: z.int().describe('For so many frames.'),
          crop: z
            .object({ x: fractionSchema, y: fractionSchema, width: fractionSchema, height: fractionSchema })
            .describe('The part of the upright picture that fills the frame, as fractions of it.'),
        }),
      )
      .describe('They follow each other without gaps.'),
    hasVoice: z.boolean(),
    voiceAt: z.number().describe('Seconds of the clip at which the voice begins.'),
    sourceGainDb: gainSchema.describe(
      "Gain of the sources' own sound, dB; `null` where it is not heard. Without a voice it is 0. With one, an estimate of what the render comes to while somebody speaks, within a few decibels: brought down to −22 LUFS by the levels that ingest measured, and 11 dB lower by ducking.",
    ),
    musicGainDb: gainSchema.describe(
      'Gain of the music, dB; `null` without music. Estimated in the same way: −24 LUFS, and 11 dB lower under a voice. A file of which nothing was measured counts as mastered to −14 LUFS. Music repeats, and fades out over the last second.',
    ),
    soundFrom: z
      .object({ sourceId: z.string(), start: z.number() })
      .nullable()
      .describe(
        'The source whose sound goes on under all cuts, and the second of it that is heard first; `null` where each cut brings its own.',
      ),
    musicSourceId: z.string().nullable(),
    safeArea: safeAreaSchema,
  })
  .meta({ id: 'Playback' })
export type Playback = z.infer<typeof playbackSchema>
