import { z } from 'zod'

export const fontListSchema = z
  .object({
    items: z.array(
      z.object({
        family: z.string().describe('As ASS styles name it.'),
        weight: z.int().describe('As CSS counts it.'),
        file: z
          .string()
          .describe(
            'Its name for `GET /fonts/{file}`. A part of it is of its bytes, so the same name is always the same file.',
          ),
      }),
    ),
  })
  .meta({ id: 'FontList' })
export type FontList = z.infer<typeof fontListSchema>
