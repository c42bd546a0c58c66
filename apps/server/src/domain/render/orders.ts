import {
  CutroomError,
  type JobRecord,
  presetUnknown,
  problemOf,
  type RenderClips,
  type RenderOutcomes,
  toCutroomError,
  type Voiceovers,
} from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, arrayContains, eq, inArray } from '../../db/drizzle.ts'
import { clipKey, hasUnfinishedJob } from '../../db/queries/jobs.ts'
import { jobs } from '../../db/schema/jobs.ts'
import { clips } from '../../db/schema/projects.ts'
import type { Order } from '../../queue/queue.ts'
import { type ClipRow, checkVersion, clipNotFound, findClip } from '../clips/rows.ts'
import { checkSpeech } from '../clips/speech.ts'
import { enqueued } from '../enqueued.ts'
import { audioIndexOf, namedSource } from '../library/named-source.ts'
import { findPreset, presetsById } from '../presets/presets.ts'
import type { Service } from '../service.ts'
import { readSources } from './load.ts'
import { refuseUnspoken } from './spoken.ts'

/** Jobs that write a clip follow one another. */
const writing = ({ id, projectId, name }: ClipRow) => ({
  subject: name,
  serialKeys: [clipKey(id)],
  projectId,
  clipId: id,
})

/** Throws `not-found`. */
export const orderPreview = (service: Service, profileId: string, clipId: string): Promise<JobRecord> =>
  service.db.ofProfile(profileId, async (tx) => {
    const row = await findClip(tx, profileId, clipId)
    // A preview waits for no render: it writes no content, and only what fits the timeline.
    const order = { ...writing(row), kind: 'preview', serialKeys: [`preview:${clipId}`] } as const
    return enqueued(service, tx, profileId, { ...order, payload: { clipId } })
  })

/** Throws `not-found`, `script-empty`, `script-too-long`, `voice-unknown`. */
export async function orderVoiceover(
  service: Service,
  profileId: string,
  clipId: string,
): Promise<JobRecord> {
  const { script, voice } = await service.db.ofProfile(profileId, (tx) => findClip(tx, profileId, clipId))
  await checkWords(service, script, voice)
  return service.db.ofProfile(profileId, async (tx) => {
    const row = await findClip(tx, profileId, clipId)
    return enqueued(service, tx, profileId, { ...writing(row), kind: 'voiceover', payload: { clipId } })
  })
}

/** Throws `not-found`, `version-conflict`, `media-no-audio`. */
export const orderRecording = (
  service: Service,
  profileId: string,
  clipId: string,
  { version, sourceId }: { readonly version: number; readonly sourceId: string },
): Promise<JobRecord> =>
  service.db.ofProfile(profileId, async (tx) => {
    const row = await findClip(tx, profileId, clipId)
    checkVersion(row, version)
    await checkSounds(tx, profileId, { sourceId })
    const payload = { clipId, recording: sourceId }
    return enqueued(service, tx, profileId, { ...writing(row), kind: 'voiceover', payload })
  })

/**
 * One job that gives many clips their voice. Its result says what came of each; a script or voice that is given is checked now.
 * Throws `not-found` where there is none of the clips, `script-empty`, `script-too-long`, `voice-unknown`.
 */
export async function orderVoiceovers(
  service: Service,
  profileId: string,
  { clipIds, script, voice, priority }: Voiceovers,
): Promise<JobRecord> {
  const rows = await service.db.ofProfile(profileId, (tx) => findClips(tx, profileId, clipIds))
  const [first] = rows
  if (first === undefined) throw clipNotFound()
  if (script !== undefined) await checkWords(service, script, voice ?? first.voice)
  else if (voice !== undefined) await checkSpeech(service.studio, voice, '')
  const isOfOne = rows.every(({ projectId }) => projectId === first.projectId)
  return service.db.ofProfile(profileId, (tx) =>
    enqueued(service, tx, profileId, {
      kind: 'voiceover-many',
      ...(isOfOne && { projectId: first.projectId }),
      payload: { clipIds, script: script ?? null, voice: voice ?? null },
      subject: `${clipIds.length} clips`,
      serialKeys: rows.map(({ id }) => clipKey(id)),
      priority,
    }),
  )
}

/** Throws `not-found`, `preset-unknown`, and `conflict` where the clip's script was not spoken as it is now. */
export const orderRender = (
  service: Service,
  profileId: string,
  clipId: string,
  { presetId, priority }: RenderWish,
): Promise<JobRecord> =>
  service.db.ofProfile(profileId, async (tx) => {
    const row = await findClip(tx, profileId, clipId)
    await findPreset(tx, profileId, presetId)
    if (!(await isBeingSpoken(tx, row))) refuseUnspoken(row)
    return enqueued(service, tx, profileId, renderOrder(row, { presetId, priority }))
  })

/** Each clip for each preset: a job, or why there is none. Throws `not-found` where there is none of the clips. */
export const orderRenders = (
  service: Service,
  profileId: string,
  { clipIds, presetIds, priority }: RenderClips,
): Promise<RenderOutcomes> =>
  service.db.ofProfile(profileId, async (tx) => {
    const rows = new Map((await findClips(tx, profileId, clipIds)).map((row) => [row.id, row]))
    if (rows.size === 0) throw clipNotFound()
    const known = await presetsById(tx, profileId)
    const items: RenderOutcomes['items'] = []
    for (const clipId of new Set(clipIds)) {
      const row = rows.get(clipId)
      const refusal = row === undefined ? clipNotFound() : await whyUnspoken(tx, row)
      for (const presetId of new Set(presetIds)) {
        const problem =
          refusal ?? (known.has(presetId) ? null : presetUnknown(presetId, known.keys(), 'presetId'))
        const jobId =
          row === undefined || problem !== null
            ? null
            : await service.queue.enqueue(tx, profileId, renderOrder(row, { presetId, priority }))
        items.push({ clipId, presetId, jobId, problem: problem && problemOf(problem) })
      }
    }
    return { items }
  })

interface RenderWish {
  readonly presetId: string
  readonly priority?: number | undefined
}

const renderOrder = (row: ClipRow, { presetId, priority }: RenderWish): Order<'render'> => ({
  ...writing(row),
  kind: 'render',
  payload: { clipId: row.id, presetId },
  priority,
})

/** Whether a job that comes before any new one of the clip is going to speak its script. */
const isBeingSpoken = (tx: Tx, { profileId, id }: ClipRow): Promise<boolean> =>
  hasUnfinishedJob(
    tx,
    profileId,
    and(arrayContains(jobs.serialKeys, [clipKey(id)]), inArray(jobs.kind, ['voiceover', 'voiceover-many'])),
  )

async function whyUnspoken(tx: Tx, row: ClipRow): Promise<CutroomError | null> {
  try {
    if (!(await isBeingSpoken(tx, row))) refuseUnspoken(row)
    return null
  } catch (thrown) {
    return toCutroomError(thrown)
  }
}

/** Throws `script-empty`, `script-too-long`, `voice-unknown`. */
export async function checkWords({ studio }: Service, script: string, voice: string): Promise<void> {
  await checkSpeech(studio, voice, script)
  if (script.trim() === '')
    throw new CutroomError('script-empty', 'The script has no words to say.', { field: 'script' })
}

/** Throws `not-found` or `media-no-audio` unless each is a source with sound; the keys are the names of the fields. */
export async function checkSounds(
  tx: Tx,
  profileId: string,
  fields: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const named = Object.entries(fields).flatMap(([field, id]) => (id === undefined ? [] : [{ field, id }]))
  const facts = await readSources(
    tx,
    profileId,
    named.map(({ id }) => id),
  )
  for (const { field, id } of named) audioIndexOf(namedSource(facts, id, field), field)
}

const findClips = (tx: Tx, profileId: string, clipIds: readonly string[]): Promise<ClipRow[]> =>
  tx
    .select()
    .from(clips)
    .where(and(eq(clips.profileId, profileId), inArray(clips.id, [...clipIds])))
