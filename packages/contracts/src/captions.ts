import { z } from 'zod'

/** Characters of a cue: far beyond what a frame could show. */
const LONGEST_TEXT = 5000

/** A word and when it is spoken; seconds of the clip. */
export const wordSchema = z.object({
  text: z.string().min(1).max(LONGEST_TEXT),
  start: z.number().min(0),
  end: z.number().min(0),
})
export type Word = z.infer<typeof wordSchema>

/**
 * A timed phrase with timed words; seconds of the clip. `text` is plain text, lines parted by `\n`;
 * `words` is empty where only the phrase is timed.
 */
export const cueSchema = z
  .object({
    start: z.number().min(0),
    end: z.number().positive(),
    text: z.string().min(1).max(LONGEST_TEXT),
    words: z.array(wordSchema).max(LONGEST_TEXT).default([]),
  })
  .refine((cue) => cue.end > cue.start, { message: 'end must be after start', path: ['end'] })
export type Cue = z.infer<typeof cueSchema>

export const captionStyleIdSchema = z.enum(['plain', 'boxed', 'highlight'])
export type CaptionStyleId = z.infer<typeof captionStyleIdSchema>
