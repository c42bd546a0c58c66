import { z } from 'zod'
import { CAPTION_STYLE_SPELLING } from './caption-style.ts'

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

/** A caption style by its spelling, which identifies it. */
export const captionStyleIdSchema = z
  .string()
  .toLowerCase()
  .regex(
    CAPTION_STYLE_SPELLING,
    'A caption style is plain, boxed or highlight; a colour (#rrggbb) and a place (@middle or @top) may follow.',
  )
  .describe(
    'A look (`plain`, `boxed`, `highlight`), which a colour of the text, the box or the spoken word and a place other than the bottom may follow: `highlight#e11d48`, `boxed@top`, `plain#ffffff@middle`.',
  )
export type CaptionStyleId = z.infer<typeof captionStyleIdSchema>
