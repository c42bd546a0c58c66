import type { Tx } from '../../db/database.ts'
import { and, eq, inArray } from '../../db/drizzle.ts'
import { sources } from '../../db/schema/library.ts'
import { together } from '../../together.ts'
import { ingestLibrarySource } from '../library/ingest.ts'
import { namedVideo } from '../library/named-source.ts'
import type { QueuedJob } from '../queued-job.ts'
import type { Source } from '../sources.ts'
import { openSources } from './load.ts'

type FootageRow = Pick<typeof sources.$inferSelect, 'id' | 'name' | 'state' | 'probe' | 'problem'>

const rowsOf = (tx: Tx, profileId: string, ids: readonly string[]): Promise<FootageRow[]> =>
  tx
    .select({
      id: sources.id,
      name: sources.name,
      state: sources.state,
      probe: sources.probe,
      problem: sources.problem,
    })
    .from(sources)
    .where(and(eq(sources.profileId, profileId), inArray(sources.id, [...ids])))

/**
 * The rows of videos, in the order of their ids. Throws `not-found`, `conflict` for a source that was refused, `media-no-video` for one
 * that is sound alone; all name the field.
 */
export async function checkVideos(
  tx: Tx,
  profileId: string,
  ids: readonly string[],
  field: string,
): Promise<FootageRow[]> {
  const rows = new Map((await rowsOf(tx, profileId, ids)).map((row) => [row.id, row]))
  return ids.map((id) => namedVideo(rows, id, field))
}

/** Sources with all that ingest knows of them, in the order of the ids; what was not ingested yet, or in vain, is ingested first. */
export async function readyFootage(job: QueuedJob, ids: readonly string[]): Promise<Map<string, Source>> {
  const { id: profileId } = job.profile
  const rows = await job.service.db.ofProfile(profileId, (tx) => rowsOf(tx, profileId, ids))
  await together(
    job.stop,
    rows.filter(({ state }) => state !== 'ready').map(({ id }) => ingestLibrarySource(job, id)),
  )
  return openSources(job, ids)
}

/** The name of a project that nobody named: that of its first video, without extension. */
export const projectNameOf = (videoName: string): string =>
  videoName
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, 200)
    .toWellFormed()
    .trim() || 'One-shot'
