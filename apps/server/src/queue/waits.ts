import type { WaitsFor } from '@cutroom/contracts'
import type { Tx } from '../db/database.ts'
import { type SQL, sql } from '../db/drizzle.ts'
import { type JobKey, type JobRow, NO_WAIT, type Wait } from '../db/queries/jobs.ts'
import { QUEUE } from './engine.ts'

/**
 * Who goes first of the unfinished jobs of each key: the one that runs, else the one that was enqueued first. A row for each job and key;
 * `mine` are the jobs. One order holds for all keys, so that two jobs never wait for one another.
 */
const turns = (profileId: string, some: SQL = sql`true`): SQL => sql`
  select id, first_value(id) over turn as first, first_value(runs) over turn as first_runs
  from (
    select mine.id, mine.state = 'running' as runs, place.created_on, unnest(mine.serial_keys) as key
    from jobs mine left join pgboss.job place on place.name = ${QUEUE} and place.id = mine.id
    where mine.profile_id = ${profileId} and mine.state in ('waiting', 'retrying', 'running') and ${some}
  ) keyed
  window turn as (partition by key order by runs desc, created_on, id)`

/** Whether another job goes before this one, which does not run, by one of its keys. */
export async function isHeldUp(tx: Tx, { profileId, jobId }: JobKey): Promise<boolean> {
  const sharing = sql`mine.serial_keys &&
    (select serial_keys from jobs own where own.profile_id = ${profileId} and own.id = ${jobId})`
  const { rows } = await tx.execute(sql`
    select from (${turns(profileId, sharing)}) turns where id = ${jobId} and first <> id limit 1`)
  return rows.length > 0
}

/** Has all waiting jobs of a profile that are held up looked at again in a second. */
export async function postponeHeldUp(tx: Tx, profileId: string): Promise<void> {
  // Rows that others hold are passed over: they may wait for what this transaction holds. A retry keeps others of its key from being
  // given out, so it has to be given back by `unclaim`.
  await tx.execute(sql`
    update pgboss.job set start_after = now() + interval '1 second'
    where name = ${QUEUE} and id in (
      select id from pgboss.job
      where name = ${QUEUE} and state = 'created' and start_after <= now()
        and id in (select id from (${turns(profileId)}) turns where first <> id)
      for update skip locked)`)
}

/**
 * Why jobs of a profile wait, by their ids, as the queue decides: a while before the next attempt, a job of the same key that goes
 * first, the profile's limit, and else the workers. One query, however many there are; none where no job waits.
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
    with turns as materialized (${turns(profileId)})
    select mine.id,
      case when place.state = 'retry' and place.start_after > now() then extract(epoch from place.start_after) * 1000 end
        as retry_ms,
      (select first from turns where turns.id = mine.id and first <> mine.id order by first_runs desc, first limit 1)
        as other,
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

/**
 * Seconds that the job of a profile that waits longest has waited: since it was enqueued or retried by hand, or since its next attempt is
 * due. 0 where none waits.
 */
export async function longestWait(tx: Tx, profileId: string): Promise<number> {
  const { rows } = await tx.execute<{ seconds: string | null }>(sql`
    select extract(epoch from now() - min(case state when 'retry' then start_after else created_on end)) as seconds
    from pgboss.job where name = ${QUEUE} and group_id = ${profileId} and state < 'active'`)
  return Math.max(0, Number(rows[0]?.seconds ?? 0))
}

const waitFor = (waitsFor: WaitsFor): Wait => ({ ...NO_WAIT, waitsFor })
