import { CutroomError, type Generate, type JobRecord, timelineSeconds } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, eq } from '../../db/drizzle.ts'
import { sources } from '../../db/schema/library.ts'
import { clips, projectSources, projects } from '../../db/schema/projects.ts'
import { checkSpeech } from '../clips/speech.ts'
import { durationOf, type ShownSource } from '../clips/timeline.ts'
import { enqueued } from '../enqueued.ts'
import type { ProfileRow } from '../profiles/profiles.ts'
import type { Service } from '../service.ts'
import { projectNotFound } from './answer.ts'
import { segmentsOfProject } from './segments.ts'

/**
 * Queues the making of clips. Throws, before anything is queued: `not-found`, also for a clip to be like; `conflict` for a project without footage and, naming it,
 * for a source that is not ready; `voice-unknown`, `script-too-long`; `footage-too-short` where the assigned segments cannot fill a clip.
 */
export async function requestClips(
  service: Service,
  profile: ProfileRow,
  projectId: string,
  input: Generate,
): Promise<JobRecord> {
  const { defaults, id: profileId } = profile
  const like =
    input.like === undefined
      ? null
      : await service.db.ofProfile(profileId, (tx) => clipOfProject(tx, { profileId, projectId }, input.like))
  const voice = input.voice ?? (like ?? defaults).voice
  await checkSpeech(service.studio, voice, input.script ?? '')
  return service.db.ofProfile(profileId, async (tx) => {
    const [project] = await tx
      .select({ name: projects.name, target: projects.targetSeconds, next: projects.nextNumber })
      .from(projects)
      .where(and(eq(projects.profileId, profileId), eq(projects.id, projectId)))
    if (project === undefined) throw projectNotFound()
    const targetSeconds = input.targetSeconds ?? project.target
    if (input.from === 'sources') await checkFootage(tx, profileId, projectId)
    else await checkAssigned(tx, profileId, projectId, input.bestEffort ? 0 : targetSeconds)
    return enqueued(service, tx, profileId, {
      kind: 'generate',
      payload: {
        projectId,
        ...{ count: input.count, from: input.from, order: input.order, targetSeconds },
        ...{ seed: input.seed ?? project.next, script: input.script ?? null, voice },
        captionStyle: input.captionStyle === undefined ? (like ?? defaults).captionStyle : input.captionStyle,
        like: like?.id ?? null,
        bestEffort: input.bestEffort,
      },
      subject: project.name,
      priority: input.priority,
      // One after another, so that the second avoids what the first has made.
      serialKeys: [`project:${projectId}`],
      projectId,
    })
  })
}

/** A clip that others of its project shall be like. Throws `not-found`. */
export async function clipOfProject(
  tx: Tx,
  { profileId, projectId }: { readonly profileId: string; readonly projectId: string },
  clipId = '',
) {
  const [clip] = await tx
    .select({
      ...{ id: clips.id, timeline: clips.timeline },
      ...{ voice: clips.voice, captionStyle: clips.captionStyle },
    })
    .from(clips)
    .where(and(eq(clips.profileId, profileId), eq(clips.projectId, projectId), eq(clips.id, clipId)))
  if (clip !== undefined) return clip
  throw new CutroomError('not-found', 'The project has no such clip.', { field: 'like' })
}

/** The sources of a project, in its order. */
export const sourcesOfProject = (tx: Tx, profileId: string, projectId: string): Promise<ShownSource[]> =>
  tx
    .select({ id: sources.id, name: sources.name, state: sources.state, probe: sources.probe })
    .from(projectSources)
    .innerJoin(
      sources,
      and(eq(sources.profileId, projectSources.profileId), eq(sources.id, projectSources.sourceId)),
    )
    .where(and(eq(projectSources.profileId, profileId), eq(projectSources.projectId, projectId)))
    .orderBy(asc(projectSources.position))

async function checkFootage(tx: Tx, profileId: string, projectId: string): Promise<void> {
  const footage = await sourcesOfProject(tx, profileId, projectId)
  if (footage.length === 0)
    throw new CutroomError('conflict', 'The project has no sources.', { remedy: 'Give it sources first.' })
  for (const source of footage) durationOf(source, 'from')
}

async function checkAssigned(tx: Tx, profileId: string, projectId: string, seconds: number): Promise<void> {
  const assigned = await segmentsOfProject(tx, profileId, projectId)
  if (assigned.length === 0)
    throw new CutroomError('conflict', 'The project has no segments.', {
      remedy: 'Assign segments first, or make clips from its sources.',
    })
  const usableSeconds = timelineSeconds(assigned)
  if (usableSeconds >= seconds) return
  throw new CutroomError(
    'footage-too-short',
    `The segments of the project last ${usableSeconds.toFixed(1)} s together, and every clip needs ${seconds.toFixed(1)} s.`,
    { field: 'targetSeconds', details: { usableSeconds, neededSeconds: seconds } },
  )
}
