/** What an event of the stream is about. Its data is the thing itself as the API shows it, or `{id, deleted: true}`. */
export const EVENT_TYPES = [
  'job',
  'source',
  'segment',
  'project',
  'clip',
  'export',
  'preset',
  'profile',
] as const
export type EventType = (typeof EVENT_TYPES)[number]
