import { z } from 'zod'

/** Any text of so many characters that can be stored: no NUL and no half of a surrogate pair, which PostgreSQL refuses. */
export const textSchema = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'must be text without NUL')

/** A name that people give: not blank, without control characters. */
export const nameSchema = textSchema(1, 200).refine(
  (text) => text.trim() !== '' && !/\p{Cc}/u.test(text),
  'must not be blank or hold control characters',
)
