import { CutroomError, type MediaProbe } from '@cutroom/contracts'
import type { sources } from '../../db/schema/library.ts'

type Row = typeof sources.$inferSelect

/** The source that a field names, out of those that there are, by id. Throws `not-found`. */
export function namedSource<T>(found: ReadonlyMap<string, T>, id: string, field: string): T {
  const source = found.get(id)
  if (source !== undefined) return source
  throw new CutroomError('not-found', 'There is no such source.', { field })
}

/** The same for one whose pictures are wanted, ingested or not. Throws `conflict` where it was refused, `media-no-video`. */
export function namedVideo<T extends Pick<Row, 'name' | 'state' | 'probe' | 'problem'>>(
  found: ReadonlyMap<string, T>,
  id: string,
  field: string,
): T {
  const source = namedSource(found, id, field)
  const { name, state, problem } = source
  if (state === 'refused')
    throw new CutroomError(
      'conflict',
      `The source ${JSON.stringify(name)} cannot be used: ${problem?.detail ?? 'it was refused.'}`,
      { field },
    )
  picturesOf(source, field)
  return source
}

/** What is known of a source that holds moving pictures. Throws `media-no-video`, naming the field that wants it. */
export function picturesOf({ name, probe }: Pick<Row, 'name' | 'probe'>, field: string): MediaProbe {
  if (probe?.video) return probe
  throw new CutroomError('media-no-video', `The source ${JSON.stringify(name)} holds no moving picture.`, {
    field,
  })
}

/** Index of the audio stream of a source. Throws `media-no-audio`, naming the field that wants it. */
export function audioIndexOf({ name, probe }: Pick<Row, 'name' | 'probe'>, field?: string): number {
  if (probe?.audio) return probe.audio.index
  throw new CutroomError(
    'media-no-audio',
    `The source ${JSON.stringify(name)} has no sound.`,
    field === undefined ? {} : { field },
  )
}
