import {
  CutroomError,
  type NewProject,
  type PageQuery,
  type Project,
  type ProjectChanges,
} from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, eq, inArray, type SQL, sql } from '../../db/drizzle.ts'
import { appendEvent } from '../../db/queries/events.ts'
import { pageOfRows, toPage } from '../../db/queries/page.ts'
import { sources } from '../../db/schema/library.ts'
import { clips, projectSources, projects } from '../../db/schema/projects.ts'
import { removeClips } from '../clips/change.ts'
import { cancelJobs } from '../jobs.ts'
import type { ProfileRow } from '../profiles/profiles.ts'
import type { Service } from '../service.ts'

export const projectNotFound = (): CutroomError => new CutroomError('not-found', 'There is no such project.')

/** The number of rows of a project in another table. Column names are written out, since drizzle leaves the table's name away. */
const countIn = (table: string): SQL<number> =>
  sql<number>`(select count(*)::int from ${sql.identifier(table)} part
    where part.profile_id = projects.profile_id and part.project_id = projects.id)`

/** A project as it is shown, in one query with all of its counts. */
const SHOWN = {
  id: projects.id,
  name: projects.name,
  brief: projects.brief,
  targetSeconds: projects.targetSeconds,
  createdAt: projects.createdAt,
  sourceIds: sql<string[]>`array(select part.source_id from project_sources part
    where part.profile_id = projects.profile_id and part.project_id = projects.id order by part.position)`,
  segments: countIn('project_segments'),
  clips: countIn('clips'),
}

interface ShownRow {
  readonly id: string
  readonly name: string
  readonly brief: string
  readonly targetSeconds: number
  readonly createdAt: Date
  readonly sourceIds: string[]
  readonly segments: number
  readonly clips: number
}

const answerOf = ({ segments, clips, createdAt, ...row }: ShownRow): Project => ({
  ...row,
  counts: { sources: row.sourceIds.length, segments, clips },
  createdAt: createdAt.toISOString(),
})

const theProject = (profileId: string, projectId: string) =>
  and(eq(projects.profileId, profileId), eq(projects.id, projectId))

/** A page of the profile's projects, newest first, in one query. */
export async function listProjects(
  service: Service,
  profileId: string,
  query: PageQuery,
): Promise<{ items: Project[]; nextCursor: string | null }> {
  const { after, order, limit } = pageOfRows(query, projects)
  const rows = await service.db.ofProfile(profileId, (tx) =>
    tx
      .select(SHOWN)
      .from(projects)
      .where(and(eq(projects.profileId, profileId), after))
      .orderBy(...order)
      .limit(limit),
  )
  return toPage(rows, query, answerOf)
}

/** Throws `not-found`. */
export const getProject = (service: Service, profileId: string, projectId: string): Promise<Project> =>
  service.db.ofProfile(profileId, (tx) => findProject(tx, profileId, projectId))

/** Throws `not-found`. */
export async function findProject(tx: Tx, profileId: string, projectId: string): Promise<Project> {
  const [row] = await tx.select(SHOWN).from(projects).where(theProject(profileId, projectId))
  if (row === undefined) throw projectNotFound()
  return answerOf(row)
}

/** Throws `not-found`, `conflict`, `media-no-video` for sources that it cannot have. */
export const createProject = (service: Service, profile: ProfileRow, input: NewProject): Promise<Project> =>
  service.db.ofProfile(profile.id, (tx) => insertProject(tx, profile, input))

/** The same inside of a transaction; to be called last in it. */
export async function insertProject(tx: Tx, profile: ProfileRow, input: NewProject): Promise<Project> {
  const [row] = await tx
    .insert(projects)
    .values({
      profileId: profile.id,
      name: input.name,
      brief: input.brief ?? '',
      targetSeconds: input.targetSeconds ?? profile.defaults.duration,
    })
    .returning({ id: projects.id })
  if (row === undefined) throw projectNotFound()
  await writeSources(tx, profile.id, row.id, input.sourceIds ?? [])
  return tellOfProject(tx, profile.id, row.id)
}

/** Throws `not-found`. */
export const changeProject = (
  service: Service,
  profileId: string,
  projectId: string,
  { name, brief, targetSeconds }: ProjectChanges,
): Promise<Project> =>
  service.db.ofProfile(profileId, async (tx) => {
    await lockProject(tx, profileId, projectId)
    const changes = {
      ...(name !== undefined && { name }),
      ...(brief !== undefined && { brief }),
      ...(targetSeconds !== undefined && { targetSeconds }),
    }
    if (Object.keys(changes).length === 0) return findProject(tx, profileId, projectId)
    await tx.update(projects).set(changes).where(theProject(profileId, projectId))
    return tellOfProject(tx, profileId, projectId)
  })

/** Deletes a project with its clips, and cancels its jobs; exports stay. Throws `not-found`. */
export async function deleteProject(service: Service, profileId: string, projectId: string): Promise<void> {
  await service.db.ofProfile(profileId, async (tx) => {
    await lockProject(tx, profileId, projectId)
    const rows = await tx
      .select()
      .from(clips)
      .where(and(eq(clips.profileId, profileId), eq(clips.projectId, projectId)))
      .orderBy(asc(clips.id))
      .for('update')
    await removeClips(tx, profileId, rows)
    await tx.delete(projects).where(theProject(profileId, projectId))
    await appendEvent(tx, profileId, {
      type: 'project',
      subjectId: projectId,
      data: { id: projectId, deleted: true },
    })
  })
  await cancelJobs(service, profileId, { projectId })
}

/** All sources of a project, in the order in which clips show them. Throws `not-found`, `conflict`, `media-no-video`. */
export const putSources = (
  service: Service,
  profileId: string,
  projectId: string,
  sourceIds: readonly string[],
): Promise<Project> =>
  service.db.ofProfile(profileId, async (tx) => {
    await lockProject(tx, profileId, projectId)
    await writeSources(tx, profileId, projectId, sourceIds)
    return tellOfProject(tx, profileId, projectId)
  })

/** Keeps others from changing a project or adding clips to it until the end of the transaction. Throws `not-found`. */
export async function lockProject(tx: Tx, profileId: string, projectId: string): Promise<void> {
  const [row] = await tx
    .select({ id: projects.id })
    .from(projects)
    .where(theProject(profileId, projectId))
    .for('update')
  if (row === undefined) throw projectNotFound()
}

/** Tells of a project as it is now; to be called last in a transaction. */
export async function tellOfProject(tx: Tx, profileId: string, projectId: string): Promise<Project> {
  const project = await findProject(tx, profileId, projectId)
  await appendEvent(tx, profileId, { type: 'project', subjectId: projectId, data: project })
  return project
}

async function writeSources(
  tx: Tx,
  profileId: string,
  projectId: string,
  sourceIds: readonly string[],
): Promise<void> {
  await checkSources(tx, profileId, sourceIds)
  const ofProject = and(eq(projectSources.profileId, profileId), eq(projectSources.projectId, projectId))
  await tx.delete(projectSources).where(ofProject)
  if (sourceIds.length === 0) return
  await tx
    .insert(projectSources)
    .values(sourceIds.map((sourceId, position) => ({ profileId, projectId, sourceId, position })))
}

/** Those that are on their way may come into a project; those that will never be footage may not. */
async function checkSources(tx: Tx, profileId: string, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return
  const found = await tx
    .select({ id: sources.id, name: sources.name, state: sources.state, probe: sources.probe })
    .from(sources)
    .where(and(eq(sources.profileId, profileId), inArray(sources.id, [...sourceIds])))
  for (const [index, id] of sourceIds.entries()) {
    const field = `sourceIds.${index}`
    const source = found.find((row) => row.id === id)
    if (source === undefined) throw new CutroomError('not-found', 'There is no such source.', { field })
    const name = JSON.stringify(source.name)
    if (source.state === 'refused')
      throw new CutroomError('conflict', `The source ${name} cannot be used: it was refused.`, { field })
    if (source.probe !== null && source.probe.video === null)
      throw new CutroomError('media-no-video', `The source ${name} holds no moving picture.`, { field })
  }
}
