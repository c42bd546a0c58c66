import { z } from 'zod'
import { captionStyleIdSchema, cueSchema } from './captions.ts'
import { idSchema, momentSchema, pageOf, pageQuerySchema } from './page.ts'
import { nameSchema, textSchema } from './text.ts'
import { cutSchema, sourceIdSchema } from './timeline.ts'

/** A point of the upright picture: 0,0 is its top left corner and 1,1 its bottom right one. */
const focusSchema = z
  .object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) })
  .describe(
    'The point of the upright picture, as fractions of it, that a person wants in the middle of the frame. Without, the crop is centred on where the eye goes.',
  )

/** A cut of a clip: what is shown, and what is known of it. */
export const clipCutSchema = cutSchema.and(
  z.object({
    score: z.number().min(0).max(1).nullable().default(null).describe('`null` where a person put it in.'),
    why: textSchema(0, 500).default('').describe('Why it is worth showing, in one sentence.'),
    segmentId: idSchema.nullable().default(null).describe('The segment that it came from.'),
    focus: focusSchema.optional(),
  }),
)
export type ClipCut = z.infer<typeof clipCutSchema>

/** Cues of a clip and where they came from; those made by a voice are made anew with it, those of a person are kept. */
export const captionsSchema = z
  .object({ origin: z.enum(['voice', 'person']), cues: z.array(cueSchema).max(2000) })
  .meta({ id: 'Captions' })
export type Captions = z.infer<typeof captionsSchema>

const scriptSchema = textSchema(0, 20_000)
const voiceSchema = textSchema(1, 100)
const versionSchema = z
  .int()
  .min(1)
  .max(2 ** 31 - 1)
  .describe('The version that the change is based on. Another one by now gives 409 with the current one.')

/** One variant of a project: a timeline, a script, captions, a voice, a style. Seconds of the clip where nothing else is said. */
export const clipSchema = z
  .object({
    id: idSchema,
    projectId: idSchema,
    number: z.int().describe('From 1, inside of its project; never used twice.'),
    name: z.string(),
    version: z.int().describe('Grows with every change of content.'),
    timeline: z.array(
      z.object({
        sourceId: z.string(),
        start: z.number(),
        end: z.number(),
        score: z.number().nullable(),
        why: z.string(),
        segmentId: idSchema.nullable(),
        focus: focusSchema.optional(),
        at: z.number().describe('Seconds of the clip at which it is shown.'),
      }),
    ),
    lengthSeconds: z.number(),
    sources: z
      .array(z.object({ id: z.string(), name: z.string(), durationSeconds: z.number().nullable() }))
      .describe('Those that the timeline shows.'),
    script: z.string(),
    voice: z.string(),
    voiceover: z
      .object({
        kind: z.enum(['spoken', 'recorded']),
        stale: z.boolean().describe('Whether script or voice have changed since it was made.'),
        seconds: z
          .number()
          .nullable()
          .describe(
            'How long it is; what goes beyond the cuts is not heard. `null` for one that was made before this was told.',
          ),
      })
      .nullable(),
    captions: z.object({ origin: z.enum(['voice', 'person']), cueCount: z.int() }).nullable(),
    captionStyle: captionStyleIdSchema.nullable(),
    sourceSound: z.boolean().describe("Whether the sources' own sound is heard."),
    musicSourceId: z.string().nullable(),
    soundFrom: z
      .object({ sourceId: z.string(), start: z.number() })
      .nullable()
      .describe(
        'The source whose sound goes on under all cuts, and the second of it that is heard first; `null` where each cut brings its own.',
      ),
    selected: z.boolean(),
    previewReady: z.boolean().describe('Whether there is a preview of the present timeline.'),
    thumbnailReady: z
      .boolean()
      .describe(
        'Whether there is a picture: that of the present timeline once its preview is ready, the last one before.',
      ),
    exports: z
      .array(
        z.object({
          id: idSchema,
          presetId: z.string(),
          stale: z.boolean().describe('Whether the clip was changed since.'),
          sizeBytes: z.int(),
          createdAt: momentSchema,
        }),
      )
      .describe('The newest of each preset.'),
    createdAt: momentSchema,
    updatedAt: momentSchema,
  })
  .meta({ id: 'Clip' })
export type Clip = z.infer<typeof clipSchema>

export const clipPageSchema = pageOf(clipSchema).meta({ id: 'ClipPage' })

export const clipQuerySchema = pageQuerySchema.extend({
  projectId: idSchema.optional(),
  selected: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
})
export type ClipQuery = z.infer<typeof clipQuerySchema>

/** What changes nothing of the content may be sent without a version. */
export const clipChangesSchema = z
  .strictObject({
    version: versionSchema.optional().describe('Required for everything but `name` and `selected`.'),
    name: nameSchema.optional(),
    selected: z.boolean().optional(),
    script: scriptSchema.optional(),
    voice: voiceSchema.optional(),
    captionStyle: captionStyleIdSchema.nullable().optional(),
    sourceSound: z.boolean().optional(),
    musicSourceId: sourceIdSchema.nullable().optional().describe('A source with sound; `null` for no music.'),
  })
  .meta({ id: 'ClipChanges' })
export type ClipChanges = z.infer<typeof clipChangesSchema>

export const newTimelineSchema = z
  .strictObject({
    version: versionSchema,
    cuts: z.array(clipCutSchema).min(1).max(400).describe('0.5 to 600 s together, each at least 0.1 s.'),
  })
  .meta({ id: 'NewTimeline' })
export type NewTimeline = z.infer<typeof newTimelineSchema>

/** Cues as they are, or the text of an SRT or WebVTT file. */
export const newCaptionsSchema = z
  .strictObject({
    version: versionSchema,
    cues: captionsSchema.shape.cues.optional(),
    text: textSchema(1, 1_000_000).optional().describe('Of an SRT or WebVTT file.'),
    origin: captionsSchema.shape.origin
      .default('person')
      .describe(
        '`voice` for those that came with the voice, after a correction was undone: a new voice replaces them.',
      ),
  })
  .refine(({ cues, text }) => (cues === undefined) !== (text === undefined), {
    message: 'either `cues` or `text` is wanted, and not both',
    path: ['cues'],
  })
  .meta({ id: 'NewCaptions' })
export type NewCaptions = z.infer<typeof newCaptionsSchema>

/** For changes whose body is no JSON, or that have none. */
export const clipVersionQuerySchema = z.object({
  version: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .describe('The version of the clip that the change is based on.'),
})

export const extendClipSchema = z
  .strictObject({
    version: versionSchema,
    seconds: z.number().min(0.1).max(600).describe('By how many seconds it becomes longer.'),
  })
  .meta({ id: 'ExtendClip' })
export type ExtendClip = z.infer<typeof extendClipSchema>

export const copyToClipSchema = z
  .strictObject({
    version: versionSchema,
    from: idSchema.describe('A clip of the same profile.'),
    what: z
      .array(z.enum(['script', 'captions', 'style', 'voice', 'music', 'timeline']))
      .min(1)
      .max(6),
  })
  .meta({ id: 'CopyToClip' })
export type CopyToClip = z.infer<typeof copyToClipSchema>

const clipIdsSchema = z.array(idSchema).min(1).max(200)
export const selectClipsSchema = z
  .strictObject({ clipIds: clipIdsSchema, selected: z.boolean() })
  .meta({ id: 'SelectClips' })
export const deleteClipsSchema = z.strictObject({ clipIds: clipIdsSchema }).meta({ id: 'DeleteClips' })

/** What came of each clip, in the order of the request. */
export const clipOutcomesSchema = z
  .object({ items: z.array(z.object({ clipId: idSchema, state: z.enum(['done', 'not-found']) })) })
  .meta({ id: 'ClipOutcomes' })
export type ClipOutcomes = z.infer<typeof clipOutcomesSchema>
