import { createHash } from 'node:crypto'
import type { ClipCut, EventType, MediaProbe } from '@cutroom/contracts'
import { withOwner } from '../../apps/server/src/db/connection.ts'
import type { Tx } from '../../apps/server/src/db/database.ts'
import { and, eq } from '../../apps/server/src/db/drizzle.ts'
import { events } from '../../apps/server/src/db/schema/jobs.ts'
import { segments, sources } from '../../apps/server/src/db/schema/library.ts'
import { clips } from '../../apps/server/src/db/schema/projects.ts'
import { eventually } from '../support/children.ts'
import type { Answer, TestProfile, TestService } from '../support/service.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export interface SourceRowOptions {
  readonly state?: 'refused' | 'waiting' | 'ingesting' | 'ready'
  readonly durationSeconds?: number
  readonly hasVideo?: boolean
  readonly hasAudio?: boolean
}

/** A source as its row alone: nothing of it is in storage. Returns its id. */
export async function addSource(
  { service }: TestService,
  { id: profileId }: TestProfile,
  name: string,
  { state = 'ready', durationSeconds = 100, hasVideo = true, hasAudio = true }: SourceRowOptions = {},
): Promise<string> {
  const id = sha256(`${profileId}/${name}`)
  const probe = { durationSeconds, video: hasVideo ? {} : null, audio: hasAudio ? {} : null } as MediaProbe
  await service.db.ofProfile(profileId, (tx) =>
    tx.insert(sources).values({ profileId, id, name, sizeBytes: 1, state, probe }),
  )
  return id
}

/** A segment of a source. Returns its id. */
export async function addSegment(
  { service }: TestService,
  { id: profileId }: TestProfile,
  sourceId: string,
  start: number,
  end: number,
  score: number | null = 0.5,
): Promise<string> {
  const [row] = await service.db.ofProfile(profileId, (tx) =>
    tx
      .insert(segments)
      .values({ profileId, sourceId, start, end, origin: 'marked', score })
      .returning({ id: segments.id }),
  )
  return row?.id ?? ''
}

/** Clips as rows, numbered from `first`. Returns their ids. */
export async function addClips(
  { service }: TestService,
  { id: profileId }: TestProfile,
  projectId: string,
  timelines: readonly (readonly ClipCut[])[],
  first = 1,
): Promise<string[]> {
  const rows = await service.db.ofProfile(profileId, (tx) =>
    tx
      .insert(clips)
      .values(
        timelines.map((timeline, i) => ({
          ...{ profileId, projectId, timeline: [...timeline], voice: 'espeak:en-us' },
          number: first + i,
          name: `Clip ${first + i}`,
        })),
      )
      .returning({ id: clips.id }),
  )
  return rows.map(({ id }) => id)
}

export const cut = (
  sourceId: string,
  start: number,
  end: number,
  segmentId: string | null = null,
): ClipCut => ({
  ...{ sourceId, start, end, segmentId },
  score: null,
  why: '',
})

/** What a request is answered that comes while a source or a segment is being deleted, and has not gone yet. */
export async function askWhileDeleting(
  { service }: TestService,
  { id: profileId }: TestProfile,
  thing: { readonly source: string } | { readonly segment: string },
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const remove = (tx: Tx) =>
    'source' in thing
      ? tx.delete(sources).where(eq(sources.id, thing.source))
      : tx.delete(segments).where(eq(segments.id, thing.segment))
  const waits = () =>
    withOwner(service.facts, async (owner) => {
      const { rowCount } = await owner.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rowCount === 0 ? undefined : true
    })
  let asked: Promise<Answer> | undefined
  await service.db.ofProfile(profileId, async (tx) => {
    await remove(tx)
    asked = ask()
    await Promise.race([asked, eventually('the request to wait', waits)])
  })
  if (asked === undefined) throw new Error('Nothing was asked.')
  return asked
}

/** What the followers of a profile were told of a thing last. */
export async function told(
  { service }: TestService,
  { id: profileId }: TestProfile,
  type: EventType,
  subjectId: string,
): Promise<Answer['body']> {
  const [event] = await service.db.ofProfile(profileId, (tx) =>
    tx
      .select({ data: events.data })
      .from(events)
      .where(and(eq(events.type, type), eq(events.subjectId, subjectId))),
  )
  return event?.data
}

/** In how many clips each segment of a profile is shown, by its start. */
export async function usage({ service }: TestService, { id: profileId }: TestProfile): Promise<string> {
  const rows = await service.db.ofProfile(profileId, (tx) =>
    tx.select({ start: segments.start, count: segments.usageCount }).from(segments).orderBy(segments.start),
  )
  return rows.map(({ start, count }) => `${start}:${count}`).join(' ')
}

/** What an answer says, for comparisons: its status, and the code and field of a problem. */
export const said = ({ status, body }: Answer): string =>
  status < 400 ? `${status}` : [status, body.code, body.field].filter((part) => part !== undefined).join(' ')
