import { z } from 'zod'

const partSchema = z.object({
  ready: z.boolean(),
  detail: z.string().describe('What is wrong; empty where nothing is.'),
})

export const aliveSchema = z.object({ alive: z.literal(true), version: z.string() }).meta({ id: 'Alive' })

/** Whether a server can be of use now, and which part of it keeps it from that. */
export const readinessSchema = z
  .object({
    ready: z.boolean(),
    parts: z.object({ database: partSchema, storage: partSchema, ffmpeg: partSchema, disk: partSchema }),
  })
  .meta({ id: 'Readiness' })
export type ReadinessAnswer = z.infer<typeof readinessSchema>
