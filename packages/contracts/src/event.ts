import { z } from 'zod'

/** What an event of the stream is about. Its data is the thing itself as the API shows it, or `goneSchema`. */
export const EVENT_TYPES = ['job', 'source', 'project', 'clip', 'export', 'profile'] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Data of the event of a thing that was deleted. */
export const goneSchema = z.object({ id: z.string(), deleted: z.literal(true) })
export type Gone = z.infer<typeof goneSchema>
