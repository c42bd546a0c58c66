import { CutroomError } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, eq, sql } from '../../db/drizzle.ts'
import { clips } from '../../db/schema/projects.ts'
import { lastingSources } from '../library/source-rows.ts'
import { tellOfProject } from '../projects/answer.ts'
import type { QueuedJob } from '../queued-job.ts'
import { type ClipContent, tellOfClips } from './change.ts'
import { clipName, takeNumbers } from './copy.ts'
import { countUses } from './usage.ts'

/** What a clip starts with. What is not said is what an empty clip has. */
export type NewClip = Partial<ClipContent> & Pick<ClipContent, 'timeline' | 'voice' | 'captionStyle'>

/** The clips that a job has written, in the order of their numbers. */
export async function clipsOfJob(
  tx: Tx,
  profileId: string,
  projectId: string,
  jobId: string,
): Promise<string[]> {
  const rows = await tx
    .select({ id: clips.id })
    .from(clips)
    .where(and(eq(clips.profileId, profileId), eq(clips.projectId, projectId), eq(clips.jobId, jobId)))
    .orderBy(asc(clips.number))
  return rows.map(({ id }) => id)
}

/**
 * Writes all clips of a job in one transaction, or finds those that another attempt has written meanwhile; `also` writes what belongs to
 * them. Returns their ids. Throws `not-found` for a project that was deleted, `conflict` for a source.
 */
export const writeClips = (
  { service, jobId, profile }: Pick<QueuedJob, 'service' | 'jobId' | 'profile'>,
  projectId: string,
  drafts: readonly NewClip[],
  also: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<string[]> =>
  service.db.ofProfile(profile.id, async (tx) => {
    const { name, first } = await takeNumbers(tx, profile.id, projectId, drafts.length)
    const made = await clipsOfJob(tx, profile.id, projectId, jobId)
    if (made.length > 0) return made
    await checkStillThere(tx, profile.id, drafts)
    await also(tx)
    const rows = await tx
      .insert(clips)
      .values(
        drafts.map((draft, index) => ({
          ...draft,
          ...{ profileId: profile.id, projectId, jobId },
          number: first + index,
          name: clipName(name, first + index),
          // A millisecond apart, so that lists show them in the order of their numbers.
          createdAt: sql`now() + ${index} * interval '1 millisecond'`,
        })),
      )
      .returning()
    await countUses(
      tx,
      profile.id,
      [],
      drafts.map(({ timeline }) => timeline),
    )
    await tellOfClips(tx, profile.id, rows)
    await tellOfProject(tx, profile.id, projectId)
    return rows.toSorted((a, b) => a.number - b.number).map(({ id }) => id)
  })

/** Throws `conflict`, naming the field of the clips, where a source that they name was deleted since it was chosen. */
async function checkStillThere(tx: Tx, profileId: string, drafts: readonly NewClip[]): Promise<void> {
  const named = drafts.flatMap(namedSources)
  const found = await lastingSources(tx, profileId, [...new Set(named.map(({ sourceId }) => sourceId))])
  const gone = named.find(({ sourceId }) => !found.has(sourceId))
  if (gone === undefined) return
  const { field, what } = gone
  throw new CutroomError('conflict', `${what} was deleted while clips were made of it.`, { field })
}

/** The sources that a clip names, and what each is to it. Pure. */
function namedSources({ timeline, musicSourceId, voiceoverKind, voiceoverHash, soundFrom }: NewClip) {
  const recording = voiceoverKind === 'source' ? voiceoverHash : null
  const named = [
    ...timeline.map(({ sourceId }) => ({ sourceId, field: 'timeline', what: 'A source' })),
    { sourceId: musicSourceId, field: 'musicSourceId', what: 'The music' },
    { sourceId: recording, field: 'voiceover', what: 'The recorded voice' },
    { sourceId: soundFrom?.sourceId, field: 'soundFrom', what: 'The video that is heard' },
  ]
  return named.flatMap(({ sourceId, ...part }) => (sourceId ? [{ sourceId, ...part }] : []))
}
