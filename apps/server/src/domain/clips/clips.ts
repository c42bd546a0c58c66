import {
  type Clip,
  type ClipChanges,
  type ClipOutcomes,
  type ClipQuery,
  CutroomError,
  type NewTimeline,
} from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, eq, inArray, sql } from '../../db/drizzle.ts'
import { pageOfRows, toPage } from '../../db/queries/page.ts'
import { clips } from '../../db/schema/projects.ts'
import { cancelJobs } from '../jobs.ts'
import { audioIndexOf, namedSource } from '../library/named-source.ts'
import { lastingSources } from '../library/source-rows.ts'
import type { Service } from '../service.ts'
import { clipAnswer, clipAnswers, LISTED } from './answer.ts'
import { changeContent, removeClips, tellOfClips } from './change.ts'
import { checkVersion, findClip, lockClip, lockClips } from './rows.ts'
import { checkSpeech } from './speech.ts'
import { checkedCuts } from './timeline.ts'

/** A page of the profile's clips, newest first. Five queries at most, whatever its length. */
export async function listClips(
  service: Service,
  profileId: string,
  query: ClipQuery,
): Promise<{ items: Clip[]; nextCursor: string | null }> {
  const { after, order, limit } = pageOfRows(query, clips)
  return service.db.ofProfile(profileId, async (tx) => {
    const rows = await tx
      .select(LISTED)
      .from(clips)
      .where(
        and(
          eq(clips.profileId, profileId),
          query.projectId === undefined ? undefined : eq(clips.projectId, query.projectId),
          query.selected === undefined ? undefined : eq(clips.selected, query.selected),
          after,
        ),
      )
      .orderBy(...order)
      .limit(limit)
    const { items, nextCursor } = toPage(rows, query, (row) => row)
    return { items: await clipAnswers(tx, profileId, items), nextCursor }
  })
}

/** Throws `not-found`. */
export const getClip = (service: Service, profileId: string, clipId: string): Promise<Clip> =>
  service.db.ofProfile(profileId, async (tx) =>
    clipAnswer(tx, profileId, await findClip(tx, profileId, clipId)),
  )

/** Throws `not-found`, `version-conflict`, `field-invalid` where the version is missing, `voice-unknown`, `script-too-long`, `media-no-audio`. */
export async function patchClip(
  service: Service,
  profileId: string,
  clipId: string,
  input: ClipChanges,
): Promise<Clip> {
  const { version, name, selected, ...content } = input
  const changesContent = Object.values(content).some((value) => value !== undefined)
  if (changesContent && version === undefined) {
    throw new CutroomError('field-invalid', 'A change of content names the version that it is based on.', {
      field: 'version',
    })
  }
  if (content.script !== undefined || content.voice !== undefined) {
    // Whoever speaks is asked before the transaction, since that may take a while.
    const now = await service.db.ofProfile(profileId, (tx) => findClip(tx, profileId, clipId))
    await checkSpeech(service.studio, content.voice ?? now.voice, content.script ?? now.script)
  }
  return service.db.ofProfile(profileId, async (tx) => {
    const row = await lockClip(tx, profileId, clipId)
    if (version !== undefined) checkVersion(row, version)
    if (typeof content.musicSourceId === 'string') await checkMusic(tx, profileId, content.musicSourceId)
    return (await changeContent(tx, row, defined(content), defined({ name, selected }))).answer
  })
}

/** An object without what is undefined in it. */
function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

async function checkMusic(tx: Tx, profileId: string, sourceId: string): Promise<void> {
  const field = 'musicSourceId'
  const found = await lastingSources(tx, profileId, [sourceId])
  audioIndexOf(namedSource(found, sourceId, field), field)
}

/** Throws `not-found`, `version-conflict`, and whatever is wrong with the cuts. */
export const putTimeline = (
  service: Service,
  profileId: string,
  clipId: string,
  { version, cuts }: NewTimeline,
): Promise<Clip> =>
  service.db.ofProfile(profileId, async (tx) => {
    const row = await lockClip(tx, profileId, clipId)
    checkVersion(row, version)
    const timeline = await checkedCuts(tx, profileId, row, cuts)
    return (await changeContent(tx, row, { timeline })).answer
  })

/** Deletes a clip, and cancels its jobs; exports stay. Throws `not-found`. */
export async function deleteClip(service: Service, profileId: string, clipId: string): Promise<void> {
  await service.db.ofProfile(profileId, async (tx) =>
    removeClips(tx, profileId, [await lockClip(tx, profileId, clipId)]),
  )
  await cancelJobs(service, profileId, { clipIds: [clipId] })
}

/** Deletes those clips that there are, and cancels their jobs; exports stay. */
export async function deleteClips(
  service: Service,
  profileId: string,
  clipIds: readonly string[],
): Promise<ClipOutcomes> {
  const rows = await service.db.ofProfile(profileId, async (tx) => {
    const found = await lockClips(tx, profileId, clipIds)
    await removeClips(tx, profileId, found)
    return found
  })
  if (rows.length > 0) await cancelJobs(service, profileId, { clipIds: rows.map(({ id }) => id) })
  return outcomes(clipIds, rows)
}

/** Selects, or unselects, those clips that there are. */
export const selectClips = (
  service: Service,
  profileId: string,
  clipIds: readonly string[],
  selected: boolean,
): Promise<ClipOutcomes> =>
  service.db.ofProfile(profileId, async (tx) => {
    const rows = await lockClips(tx, profileId, clipIds)
    const others = rows.filter((row) => row.selected !== selected)
    if (others.length > 0) {
      const changed = await tx
        .update(clips)
        .set({ selected, updatedAt: sql`clock_timestamp()` })
        .where(
          and(
            eq(clips.profileId, profileId),
            inArray(
              clips.id,
              others.map(({ id }) => id),
            ),
          ),
        )
        .returning()
      await tellOfClips(tx, profileId, changed)
    }
    return outcomes(clipIds, rows)
  })

function outcomes(clipIds: readonly string[], found: readonly { readonly id: string }[]): ClipOutcomes {
  const ids = new Set(found.map(({ id }) => id))
  return { items: clipIds.map((clipId) => ({ clipId, state: ids.has(clipId) ? 'done' : 'not-found' })) }
}
