import type { WaitsFor } from '@cutroom/contracts'
import type { Tx } from '../db/database.ts'
import { sql } from '../db/drizzle.ts'
import { type JobRow, NO_WAIT, type Wait } from '../db/queries/jobs.ts'
import { QUEUE } from './engine.ts'

/**
 * Why jobs of a profile wait, by their ids, as the queue decides: a while before the next attempt, a job of the same key that runs or
 * comes before, the profile's limit, and else the workers. One query, however many there are; none where no job waits.
 */
export async function whyWaiting(
  tx: Tx,
  profileId: string,
  rows: readonly Pick<JobRow, 'id' | 'state'>[],
): Promise<ReadonlyMap<string, Wait>> {
  const waiting = rows.filter(({ state }) => state === 'waiting' || state === 'retrying')
  if (waiting.length === 0) return new Map()
  const ids = sql.join(
    waiting.map(({ id }) => sql`${id}::uuid`),
    sql`, `,
  )
  const { rows: found } = await tx.execute<{
    id: string
    retry_ms: string | null
    other: string | null
    full: boolean
  }>(sql`
    select mine.id,
      case when place.state = 'retry' and place.start_after > now() then extract(epoch from place.start_after) * 1000 end
        as retry_ms,
      coalesce(
        (select other.id from jobs other
         where other.profile_id = mine.profile_id and other.id <> mine.id
           and other.state = 'running' and other.serial_keys && mine.serial_keys
         order by other.created_at, other.id limit 1),
        (select other.id from pgboss.job other
         where other.name = place.name and other.singleton_key = place.singleton_key and other.id <> place.id
           and other.state < 'active' and not other.blocked and other.policy = 'key_strict_fifo'
           and (other.state > place.state
             or other.state = place.state and (other.created_on, other.id) < (place.created_on, place.id))
         order by other.state desc, other.created_on, other.id limit 1)
      ) as other,
      (select count(*) from pgboss.job where name = ${QUEUE} and state = 'active' and group_id = ${profileId})
        >= (select coalesce((limits ->> 'jobsAtOnce')::int, 0) from profiles where id = ${profileId}) as full
    from jobs mine left join pgboss.job place on place.name = ${QUEUE} and place.id = mine.id
    where mine.profile_id = ${profileId} and mine.id in (${ids})`)
  return new Map(
    found.map(({ id, retry_ms, other, full }): [string, Wait] => {
      if (retry_ms !== null)
        return [id, { ...waitFor('retry'), retryAt: new Date(Number(retry_ms)).toISOString() }]
      if (other !== null) return [id, { ...waitFor('same-clip'), waitsForJobId: other }]
      return [id, waitFor(full ? 'profile-limit' : 'machine')]
    }),
  )
}

const waitFor = (waitsFor: WaitsFor): Wait => ({ ...NO_WAIT, waitsFor })
