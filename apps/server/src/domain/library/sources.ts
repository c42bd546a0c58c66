import {
  CutroomError,
  type JobRecord,
  type Source,
  type SourceChange,
  type SourceDetails,
  type SourceQuery,
} from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, eq, or, type SQL, sql } from '../../db/drizzle.ts'
import { appendEvent } from '../../db/queries/events.ts'
import { isToBeIngested } from '../../db/queries/ingests.ts'
import { unfinishedJobs } from '../../db/queries/jobs.ts'
import { pageOfRows, toPage } from '../../db/queries/page.ts'
import { clips, projectSources, segments, sources } from '../../db/schema/index.ts'
import { cancelEach, getJob } from '../jobs.ts'
import { tellOfProjects } from '../projects/answer.ts'
import type { Service } from '../service.ts'
import { sourceKey } from '../sources.ts'
import { enqueueIngest } from './accept.ts'
import { type SourceRow, sourceAnswer } from './answers.ts'
import { forgetArtifact } from './artifacts.ts'
import { cleanName } from './names.ts'
import { projectsWithSegments } from './segments.ts'
import { changeSource, findSource, heldSource, type SourceKey, thisSource } from './source-rows.ts'

/** One page of a profile's sources, newest first. Throws `field-invalid` for a cursor that no list gave. */
export async function listSources({ db }: Service, profileId: string, query: SourceQuery) {
  const page = pageOfRows(query, sources)
  const rows = await db.ofProfile(profileId, (tx) =>
    tx
      .select()
      .from(sources)
      .where(
        and(
          eq(sources.profileId, profileId),
          query.state && eq(sources.state, query.state),
          query.q === undefined ? undefined : sql`position(lower(${query.q}) in lower(${sources.name})) > 0`,
          page.after,
        ),
      )
      .orderBy(...page.order)
      .limit(page.limit),
  )
  return toPage(rows, query, sourceAnswer)
}

/** Throws `not-found`. */
export async function getSource({ db }: Service, key: SourceKey): Promise<SourceDetails> {
  return db.ofProfile(key.profileId, async (tx) => {
    const row = await findSource(tx, key)
    const [usage] = await tx
      .select({
        clips: tx.$count(clips, usesSource(key)),
        projects: tx.$count(
          projectSources,
          and(eq(projectSources.profileId, key.profileId), eq(projectSources.sourceId, key.id)),
        ),
        segments: tx.$count(
          segments,
          and(eq(segments.profileId, key.profileId), eq(segments.sourceId, key.id)),
        ),
      })
      .from(sql`(select 1) as one`)
    return { ...sourceAnswer(row), usage: usage ?? { clips: 0, projects: 0, segments: 0 } }
  })
}

/** Gives a source another name. Throws `not-found`. */
export async function renameSource({ db }: Service, key: SourceKey, change: SourceChange): Promise<Source> {
  return db.ofProfile(key.profileId, (tx) => changeSource(tx, key, { name: cleanName(change.name) }))
}

/** How many of the clips that need a source are named to whoever wants to delete it. */
const NAMED = 5

/**
 * Deletes a source with its segments and files, and cancels its ingest. Throws `not-found`, and `conflict` while clips show it or let it be heard; finished
 * exports do not need it any more.
 */
export async function deleteSource(service: Service, key: SourceKey): Promise<void> {
  const { db, studio } = service
  const begun = Date.now()
  const { row, jobIds } = await db.ofProfile(key.profileId, async (tx) => {
    const found = await heldSource(tx, key)
    const users = await tx
      .select({ id: clips.id, name: clips.name, all: sql<number>`count(*) over ()`.mapWith(Number) })
      .from(clips)
      .where(usesSource(key))
      .orderBy(asc(clips.createdAt), asc(clips.id))
      .limit(NAMED)
    if (users.length > 0) throw inUse(found, users)
    const projectIds = await projectsWithSource(tx, key)
    await tx.delete(sources).where(thisSource(key))
    // Not those of the same bytes, should they come again.
    const ingests = await unfinishedJobs(tx, key.profileId, { sourceId: key.id })
    for (const entry of entriesOf(found)) await forgetArtifact(tx, entry)
    await appendEvent(tx, key.profileId, {
      type: 'source',
      subjectId: key.id,
      data: { id: key.id, deleted: true },
    })
    await tellOfProjects(tx, key.profileId, projectIds)
    return { row: found, jobIds: ingests }
  })
  await cancelEach(service, key.profileId, jobIds)
  // Not what the same bytes, arriving again at this moment, lean on; garbage collection finds what that leaves.
  for (const entry of entriesOf(row)) await studio.storage.removeUnused(entry, begun)
}

/** Ids of the projects that have a source or segments of it. */
async function projectsWithSource(tx: Tx, { profileId, id }: SourceKey): Promise<string[]> {
  const ofSource = and(eq(projectSources.profileId, profileId), eq(projectSources.sourceId, id))
  const whole = await tx.select({ id: projectSources.projectId }).from(projectSources).where(ofSource)
  const inParts = await projectsWithSegments(tx, profileId, eq(segments.sourceId, id))
  return [...new Set([...whole.map((project) => project.id), ...inParts])]
}

function inUse(row: SourceRow, users: readonly { id: string; name: string; all: number }[]): CutroomError {
  const all = users[0]?.all ?? users.length
  const names = users.map(({ name }) => JSON.stringify(name)).join(', ')
  const more = all > users.length ? ` and ${all - users.length} more` : ''
  return new CutroomError(
    'conflict',
    `The source ${JSON.stringify(row.name)} is used by the clips ${names}${more}.`,
    {
      remedy: 'Delete these clips, or take the source out of them, first.',
      details: { clipIds: users.map(({ id }) => id), clips: all },
    },
  )
}

/** Queues the ingest of a source again: where it failed, or where a newer version finds more. Throws `not-found`, `conflict`. */
export async function ingestAgain(service: Service, key: SourceKey): Promise<JobRecord> {
  const jobId = await service.db.ofProfile(key.profileId, async (tx) => {
    const row = await heldSource(tx, key)
    const isOver = row.state === 'ready' || row.state === 'failed'
    // What no job is going to ingest waits for nothing.
    if (!isOver && (row.state === 'refused' || (await isToBeIngested(tx, key))))
      throw new CutroomError(
        'conflict',
        `The source is ${row.state}; only a ready or failed one is ingested again.`,
        {
          details: { state: row.state },
        },
      )
    if (!row.probe?.video)
      throw new CutroomError('conflict', 'A source of sound alone needs no ingest.', {
        details: { state: row.state },
      })
    const id = await enqueueIngest(service, tx, row)
    await changeSource(tx, key, { state: 'waiting', problem: null })
    return id
  })
  return getJob(service, { profileId: key.profileId, jobId })
}

/** The entries that a source names. */
const entriesOf = ({ profileId, id, ingestHash }: SourceRow) => [
  sourceKey(profileId, id),
  ...(ingestHash === null ? [] : [{ profileId, kind: 'ingest', hash: ingestHash } as const]),
]

/** Clips in which a source is seen or heard. */
function usesSource({ profileId, id }: SourceKey): SQL | undefined {
  const shows = sql`${clips.timeline} @> ${JSON.stringify([{ sourceId: id }])}::jsonb`
  const speaks = and(eq(clips.voiceoverKind, 'source'), eq(clips.voiceoverHash, id))
  const sounds = sql`${clips.soundFrom} ->> 'sourceId' = ${id}`
  return and(eq(clips.profileId, profileId), or(shows, eq(clips.musicSourceId, id), speaks, sounds))
}
