import { CutroomError, type Project } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, eq, inArray, type SQL, sql } from '../../db/drizzle.ts'
import { appendEvents, lockEvents } from '../../db/queries/events.ts'
import { projects } from '../../db/schema/projects.ts'

export const projectNotFound = (): CutroomError => new CutroomError('not-found', 'There is no such project.')

/** The number of rows of a project in another table. Column names are written out, since drizzle leaves the table's name away. */
const countIn = (table: string): SQL<number> =>
  sql<number>`(select count(*)::int from ${sql.identifier(table)} part
    where part.profile_id = projects.profile_id and part.project_id = projects.id)`

/** A project as it is shown, in one query with all of its counts. */
export const SHOWN = {
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

/** A project as the API shows it. */
export const projectAnswer = ({ segments, clips, createdAt, ...row }: ShownRow): Project => ({
  ...row,
  counts: { sources: row.sourceIds.length, segments, clips },
  createdAt: createdAt.toISOString(),
})

const readProjects = async (tx: Tx, profileId: string, ids: readonly string[]): Promise<Project[]> => {
  const named = and(eq(projects.profileId, profileId), inArray(projects.id, [...ids]))
  return (await tx.select(SHOWN).from(projects).where(named)).map(projectAnswer)
}

/** A project as it is. Throws `not-found`. */
export async function findProject(tx: Tx, profileId: string, projectId: string): Promise<Project> {
  const [row] = await readProjects(tx, profileId, [projectId])
  if (row === undefined) throw projectNotFound()
  return row
}

/** Tells of a project as it is now; to be called last in a transaction. Throws `not-found`. */
export async function tellOfProject(tx: Tx, profileId: string, projectId: string): Promise<Project> {
  const [project] = await tellOfProjects(tx, profileId, [projectId])
  if (project === undefined) throw projectNotFound()
  return project
}

/**
 * Tells of those that there are of some projects, as they are now; to be called last in a transaction. What they count is changed
 * without holding them, so they are read when it is this transaction's turn to tell.
 */
export async function tellOfProjects(tx: Tx, profileId: string, ids: readonly string[]): Promise<Project[]> {
  if (ids.length === 0) return []
  await lockEvents(tx, profileId)
  const told = await readProjects(tx, profileId, ids)
  await appendEvents(
    tx,
    profileId,
    told.map((project) => ({ type: 'project', subjectId: project.id, data: project })),
  )
  return told
}
