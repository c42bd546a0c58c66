import type { EntryKind, StorageHistory, StoredGroups } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, count, eq, gte, inArray, lt, sql, sum } from '../../db/drizzle.ts'
import { artifacts, exports, jobs, storageDays } from '../../db/schema/index.ts'
import type { Service } from '../service.ts'
import { scratchBytes } from './room.ts'
import { forEachProfile } from './sweep.ts'

type Day = StorageHistory['items'][number]

/** What each kind of artifact is for people. */
const GROUPS: Readonly<Record<EntryKind, keyof StoredGroups>> = {
  source: 'sources',
  ingest: 'previews',
  preview: 'previews',
  thumbnail: 'previews',
  'speech-phrase': 'voices',
  voiceover: 'voices',
  export: 'exports',
  logo: 'other',
}

/** Days after which they are forgotten: no plot asks for more. */
const KEEP_DAYS = 400
const DAY_MS = 86_400_000

/** A day of UTC as it is written, so many days before a moment. */
const dayBefore = (ms: number, days: number): string =>
  new Date(ms - days * DAY_MS).toISOString().slice(0, 10)

/** What a profile stores now. */
async function storedNow(tx: Tx, profileId: string): Promise<StoredGroups> {
  const kinds = await tx
    .select({ kind: artifacts.kind, bytes: sum(artifacts.sizeBytes).mapWith(Number) })
    .from(artifacts)
    .where(eq(artifacts.profileId, profileId))
    .groupBy(artifacts.kind)
  const stored: StoredGroups = { sources: 0, previews: 0, voices: 0, exports: 0, other: 0 }
  for (const { kind, bytes } of kinds) stored[GROUPS[kind]] += bytes
  return stored
}

/** Writes down what every profile takes of the disk today: of storage the latest, of scratch the most that was seen. */
export const noteStorage = (service: Service): Promise<void> =>
  forEachProfile(service, async (profileId) => {
    const now = Date.now()
    const scratchPeakBytes = await scratchBytes(service, profileId)
    await service.db.ofProfile(profileId, async (tx) => {
      const stored = await storedNow(tx, profileId)
      await tx
        .insert(storageDays)
        .values({ profileId, day: dayBefore(now, 0), stored, scratchPeakBytes })
        .onConflictDoUpdate({
          target: [storageDays.profileId, storageDays.day],
          set: {
            stored,
            scratchPeakBytes: sql`greatest(${storageDays.scratchPeakBytes}, ${scratchPeakBytes})`,
          },
        })
      await tx
        .delete(storageDays)
        .where(and(eq(storageDays.profileId, profileId), lt(storageDays.day, dayBefore(now, KEEP_DAYS))))
    })
  })

/** What a profile took of the disk and made on each of so many days, today included. Five queries, however many. */
export async function storageHistory(
  service: Service,
  profileId: string,
  days: number,
): Promise<StorageHistory> {
  const now = Date.now()
  const [first, today] = [dayBefore(now, days - 1), dayBefore(now, 0)]
  const scratch = await scratchBytes(service, profileId)
  return service.db.ofProfile(profileId, async (tx) => {
    const known = new Map((await knownDays(tx, profileId, first)).map((row) => [row.day, row]))
    const peak = Math.max(scratch, known.get(today)?.scratchPeakBytes ?? 0)
    known.set(today, { day: today, stored: await storedNow(tx, profileId), scratchPeakBytes: peak })
    const made = await madeSince(tx, profileId, first)
    const items: Day[] = []
    let stored: StoredGroups | undefined = [...known.values()].find(({ day }) => day < first)?.stored
    for (let ago = days - 1; ago >= 0; ago -= 1) {
      const day = dayBefore(now, ago)
      stored = known.get(day)?.stored ?? stored
      if (stored === undefined) continue
      items.push({
        day,
        storedBytes: Object.values(stored).reduce((all, bytes) => all + bytes, 0),
        groups: stored,
        scratchPeakBytes: known.get(day)?.scratchPeakBytes ?? 0,
        ...made(day),
      })
    }
    return { items }
  })
}

/** What was written down since a day, and the last before it. */
const knownDays = (tx: Tx, profileId: string, first: string) =>
  tx
    .select({
      day: storageDays.day,
      stored: storageDays.stored,
      scratchPeakBytes: storageDays.scratchPeakBytes,
    })
    .from(storageDays)
    .where(
      and(
        eq(storageDays.profileId, profileId),
        gte(
          storageDays.day,
          sql`coalesce((select max(before.day) from storage_days before
            where before.profile_id = ${profileId} and before.day < ${first}), ${first}::date)`,
        ),
      ),
    )
    .orderBy(asc(storageDays.day))

/** Jobs that ended and seconds that were exported, by day. */
async function madeSince(tx: Tx, profileId: string, first: string) {
  const since = new Date(first)
  const endDay = sql<string>`to_char(${jobs.finishedAt} at time zone 'UTC', 'YYYY-MM-DD')`
  const ended = await tx
    .select({ day: endDay, state: jobs.state, count: count() })
    .from(jobs)
    .where(
      and(
        eq(jobs.profileId, profileId),
        gte(jobs.finishedAt, since),
        inArray(jobs.state, ['done', 'failed']),
      ),
    )
    .groupBy(sql`1`, jobs.state)
  const exportDay = sql<string>`to_char(${exports.createdAt} at time zone 'UTC', 'YYYY-MM-DD')`
  const exported = await tx
    .select({ day: exportDay, seconds: sum(exports.durationSeconds).mapWith(Number) })
    .from(exports)
    .where(and(eq(exports.profileId, profileId), gte(exports.createdAt, since)))
    .groupBy(sql`1`)
  const jobsOf = (on: string, as: 'done' | 'failed') =>
    ended.find(({ day, state }) => day === on && state === as)?.count ?? 0
  return (on: string): Pick<Day, 'jobsDone' | 'jobsFailed' | 'exportedSeconds'> => ({
    jobsDone: jobsOf(on, 'done'),
    jobsFailed: jobsOf(on, 'failed'),
    exportedSeconds: exported.find(({ day }) => day === on)?.seconds ?? 0,
  })
}
