import type { NewProject, PageQuery, Project, ProjectChanges } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, eq } from '../../db/drizzle.ts'
import { appendEvent } from '../../db/queries/events.ts'
import { pageOfRows, toPage } from '../../db/queries/page.ts'
import { clips, projectSegments, projectSources, projects } from '../../db/schema/projects.ts'
import { removeClips } from '../clips/change.ts'
import { cancelJobs } from '../jobs.ts'
import { namedVideo } from '../library/named-source.ts'
import { lastingSegments } from '../library/segments.ts'
import { lastingSources } from '../library/source-rows.ts'
import type { ProfileRow } from '../profiles/profiles.ts'
import type { Service } from '../service.ts'
import { findProject, projectAnswer, projectNotFound, SHOWN, tellOfProject } from './answer.ts'

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
  return toPage(rows, query, projectAnswer)
}

/** Throws `not-found`. */
export const getProject = (service: Service, profileId: string, projectId: string): Promise<Project> =>
  service.db.ofProfile(profileId, (tx) => findProject(tx, profileId, projectId))

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
    await keepParts(tx, profileId, projectId)
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

/** Waits for whoever deletes what a project has: they hold rows of it while they wait for their turn to tell. */
async function keepParts(tx: Tx, profileId: string, projectId: string): Promise<void> {
  const { sourceIds } = await findProject(tx, profileId, projectId)
  const assigned = await tx
    .select({ id: projectSegments.segmentId })
    .from(projectSegments)
    .where(and(eq(projectSegments.profileId, profileId), eq(projectSegments.projectId, projectId)))
  await lastingSources(tx, profileId, sourceIds)
  await lastingSegments(
    tx,
    profileId,
    assigned.map(({ id }) => id),
  )
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
  const found = await lastingSources(tx, profileId, sourceIds)
  for (const [index, id] of sourceIds.entries()) namedVideo(found, id, `sourceIds.${index}`)
}
