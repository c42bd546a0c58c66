import type { ClipCut } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, asc, eq, inArray, sql } from '../../db/drizzle.ts'
import { segments } from '../../db/schema/library.ts'
import { tellOfSegments } from '../library/segments.ts'

type Timeline = readonly Pick<ClipCut, 'segmentId'>[]

/** By how much the number of clips that show a segment changes where timelines become others. */
export function usageChanges(before: readonly Timeline[], after: readonly Timeline[]): Map<string, number> {
  const changes = new Map<string, number>()
  const count = (timelines: readonly Timeline[], by: number): void => {
    for (const timeline of timelines) {
      for (const id of new Set(timeline.map(({ segmentId }) => segmentId))) {
        if (id !== null) changes.set(id, (changes.get(id) ?? 0) + by)
      }
    }
  }
  count(before, -1)
  count(after, 1)
  return new Map([...changes].filter(([, by]) => by !== 0))
}

/**
 * Keeps the counts of segments right, and tells of those that changed. Every code that writes or deletes timelines calls it, in the same
 * transaction, when it holds all rows that it wants.
 */
export async function countUses(
  tx: Tx,
  profileId: string,
  before: readonly Timeline[],
  after: readonly Timeline[],
): Promise<void> {
  const changes = usageChanges(before, after)
  if (changes.size === 0) return
  const shown = and(eq(segments.profileId, profileId), inArray(segments.id, [...changes.keys()]))
  // In one order, so that two writers never wait for one another.
  await tx
    .select({ id: segments.id })
    .from(segments)
    .where(shown)
    .orderBy(asc(segments.id))
    .for('no key update')
  const each = sql.join(
    [...changes].map(([id, by]) => sql`(${id}::uuid, ${by}::int)`),
    sql`, `,
  )
  await tx.execute(sql`
    update segments set usage_count = greatest(0, usage_count + change.by)
    from (values ${each}) as change (id, by)
    where segments.profile_id = ${profileId} and segments.id = change.id`)
  await tellOfSegments(tx, profileId, await tx.select().from(segments).where(shown))
}
