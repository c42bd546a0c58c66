import { isDeepStrictEqual } from 'node:util'
import { type Clip, type Cut, CutroomError } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, eq, inArray, sql } from '../../db/drizzle.ts'
import { appendEvents } from '../../db/queries/events.ts'
import { clips } from '../../db/schema/projects.ts'
import { tellOfProjects } from '../projects/answer.ts'
import { clipAnswer, clipAnswers, listed } from './answer.ts'
import type { ClipRow } from './rows.ts'
import { countUses } from './usage.ts'

/** What decides a clip's bytes. */
export type ClipContent = Pick<
  ClipRow,
  | 'timeline'
  | 'script'
  | 'voice'
  | 'voiceoverHash'
  | 'voiceoverKind'
  | 'voiceoverScript'
  | 'voiceoverVoice'
  | 'voiceoverSeconds'
  | 'captions'
  | 'captionStyle'
  | 'sourceSound'
  | 'musicSourceId'
  | 'soundFrom'
>

/** What is known of a clip beside its content. */
export type ClipLabels = Pick<ClipRow, 'name' | 'selected' | 'previewHash' | 'thumbnailHash'>

export interface ChangedClip {
  readonly row: ClipRow
  readonly answer: Clip
}

/**
 * Writes changes of a locked clip: a change of content is the next version, and keeps the counts of segments right. Where nothing
 * changes, nothing is written. A preview belongs to its timeline: another timeline has none until it is made; the picture that stands for the clip
 * is the last one until then. Tells of the change, so it is to be called last in a transaction.
 */
export async function changeContent(
  tx: Tx,
  row: ClipRow,
  content: Partial<ClipContent>,
  labels: Partial<ClipLabels> = {},
): Promise<ChangedClip> {
  const { profileId, timeline } = row
  const newContent = !isNoChange(row, content)
  if (!newContent && isNoChange(row, labels)) return { row, answer: await clipAnswer(tx, profileId, row) }
  const recut = content.timeline !== undefined && !sameCuts(timeline, content.timeline)
  if (content.timeline !== undefined) await countUses(tx, profileId, [timeline], [content.timeline])
  const changed = await update(tx, row, {
    ...(recut && { previewHash: null }),
    ...content,
    ...labels,
    ...(newContent && { version: row.version + 1 }),
  })
  const [answer] = await tellOfClips(tx, profileId, [changed])
  if (answer === undefined) throw gone()
  return { row: changed, answer }
}

/** Writes what is known of a locked clip beside its content: the version stays. */
export const changeLabels = (tx: Tx, row: ClipRow, labels: Partial<ClipLabels>): Promise<ChangedClip> =>
  changeContent(tx, row, {}, labels)

async function update(
  tx: Tx,
  { profileId, id }: ClipRow,
  changes: Partial<Omit<ClipRow, 'profileId' | 'id'>>,
): Promise<ClipRow> {
  const [changed] = await tx
    .update(clips)
    .set({ ...changes, updatedAt: sql`clock_timestamp()` })
    .where(and(eq(clips.profileId, profileId), eq(clips.id, id)))
    .returning()
  if (changed === undefined) throw gone()
  return changed
}

const gone = () => new CutroomError('internal', 'A locked clip is gone.')

/** Tells of clips as they are now; to be called last in a transaction. Returns them as the API shows them. */
export async function tellOfClips(tx: Tx, profileId: string, rows: readonly ClipRow[]): Promise<Clip[]> {
  const answers = await clipAnswers(tx, profileId, rows.map(listed))
  await appendEvents(
    tx,
    profileId,
    answers.map((answer) => ({ type: 'clip', subjectId: answer.id, data: answer })),
  )
  return answers
}

/** Deletes locked clips, and tells of it; to be called last in a transaction. Their exports stay. */
export async function removeClips(tx: Tx, profileId: string, rows: readonly ClipRow[]): Promise<void> {
  if (rows.length === 0) return
  await countUses(
    tx,
    profileId,
    rows.map(({ timeline }) => timeline),
    [],
  )
  const ids = rows.map(({ id }) => id)
  await tx.delete(clips).where(and(eq(clips.profileId, profileId), inArray(clips.id, ids)))
  await appendEvents(
    tx,
    profileId,
    ids.map((id) => ({ type: 'clip', subjectId: id, data: { id, deleted: true } })),
  )
  await tellOfProjects(tx, profileId, [...new Set(rows.map(({ projectId }) => projectId))])
}

const isNoChange = (row: ClipRow, changes: Partial<ClipRow>): boolean =>
  Object.entries(changes).every(([key, value]) => isDeepStrictEqual(row[key as keyof ClipRow], value))

const sameCuts = (a: readonly Cut[], b: readonly Cut[]): boolean =>
  a.length === b.length &&
  a.every(({ sourceId, start, end }, i) => {
    const other = b[i]
    return other?.sourceId === sourceId && other.start === start && other.end === end
  })
