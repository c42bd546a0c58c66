import { fromDrizzle, PgBoss } from 'pg-boss'
import { type ConnectionFacts, withOwner } from '../db/connection.ts'
import type { Tx } from '../db/database.ts'
import { type SQL, sql } from '../db/drizzle.ts'
import { LOCKS } from '../db/locks.ts'

/**
 * The one queue of pg-boss. It holds what waits and what runs; a job that is finished leaves it, and is remembered in `jobs`.
 * `key_strict_fifo`: of the jobs that have one key, the same, only the next in line is given out; `waits.ts` sees to those with more.
 */
export const QUEUE = 'work'

/** Without a sign of life for so long, a worker counts as lost; the shortest that pg-boss knows. */
export const HEARTBEAT_SECONDS = 10

export interface EngineOptions {
  /** Whether this process looks for jobs whose worker is gone. Those that run workers do. */
  readonly supervise: boolean
  readonly onError: (error: Error) => void
}

/** Starts pg-boss as the owner of its schema, which it makes or brings up to date, and lets the service's role use it. */
export async function startEngine(facts: ConnectionFacts, options: EngineOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    ...facts,
    application_name: 'cutroom queue',
    max: 2,
    supervise: options.supervise,
    // Else a killed worker is noticed after a minute.
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  })
  boss.on('error', options.onError)
  await boss.start()
  await boss.createQueue(QUEUE, {
    policy: 'key_strict_fifo',
    heartbeatSeconds: HEARTBEAT_SECONDS,
    // The longest that pg-boss allows. Stages have limits of their own, and lost workers are found by their heartbeat.
    expireInSeconds: 24 * 60 * 60,
    // A job may wait as long as it must: ten years.
    retentionSeconds: 10 * 365 * 24 * 60 * 60,
    // How often a job is tried is decided by what ended it (`retries.ts`).
    retryLimit: 10_000,
    retryBackoff: true,
    retryDelay: 1,
    retryDelayMax: 120,
  })
  await withOwner(facts, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCKS.queueGrants])
    await client.query(`
      grant usage on schema pgboss to cutroom_app;
      grant select, insert, update, delete on all tables in schema pgboss to cutroom_app`)
  })
  return boss
}

/** Lets pg-boss work inside of a transaction. */
export const inside = (tx: Tx) => ({ db: fromDrizzle(tx, sql) })

/** Puts a job that was just sent behind all that were sent before. pg-boss gives all of one transaction the same time, so no order. */
export async function queueLast(tx: Tx, jobId: string): Promise<void> {
  await tx.execute(
    sql`update pgboss.job set created_on = clock_timestamp() where name = ${QUEUE} and id = ${jobId}`,
  )
}

/** A job that waits, taken out of the queue; `false` where it does not wait there. */
export async function removeWaiting(tx: Tx, profileId: string, jobId: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    delete from pgboss.job
    where name = ${QUEUE} and id = ${jobId} and group_id = ${profileId} and state < 'active'
    returning id`)
  return rows.length > 0
}

/** A claim that is given back: the job waits again at its old place, and the try does not count. */
export async function unclaim(tx: Tx, claim: { readonly jobId: string; readonly retryCount: number }) {
  await tx.execute(sql`
    update pgboss.job set state = 'created', started_on = null, heartbeat_on = null
    where name = ${QUEUE} and id = ${claim.jobId} and state = 'active' and retry_count = ${claim.retryCount}`)
}

/** Renews the claims of a worker; returns the ids of those that it still has. */
export async function renew(
  tx: Tx,
  claims: readonly { readonly jobId: string; readonly retryCount: number }[],
): Promise<Set<string>> {
  const held = sql.join(
    claims.map(({ jobId, retryCount }): SQL => sql`(${jobId}::uuid, ${retryCount}::int)`),
    sql`, `,
  )
  const { rows } = await tx.execute<{ id: string }>(sql`
    update pgboss.job set heartbeat_on = now()
    where name = ${QUEUE} and state = 'active' and (id, retry_count) in (${held})
    returning id`)
  return new Set(rows.map(({ id }) => id))
}

/** Jobs that pg-boss took from a worker that gave no sign of life. Each is told of once. */
export async function takeLost(
  tx: Tx,
): Promise<readonly { readonly jobId: string; readonly profileId: string; readonly tries: number }[]> {
  // Our own retries leave no output behind; pg-boss writes its reason there.
  const { rows } = await tx.execute<{ id: string; group_id: string; retry_count: number }>(sql`
    update pgboss.job set output = null
    where name = ${QUEUE} and state = 'retry' and output is not null
    returning id, group_id, retry_count`)
  return rows.map((row) => ({ jobId: row.id, profileId: row.group_id, tries: row.retry_count + 1 }))
}

/**
 * All profiles with jobs in the queue, in the order in which they deserve the next place: first who has the fewest running, then
 * who was served longest ago. `ready` where one could start now without going over the profile's limit.
 */
export async function profilesInOrder(
  tx: Tx,
): Promise<readonly { readonly id: string; readonly ready: boolean }[]> {
  const { rows } = await tx.execute<{ id: string; ready: boolean }>(sql`
    select busy.id, busy.ready and busy.running < coalesce((profiles.limits ->> 'jobsAtOnce')::int, 0) as ready
    from (
      select group_id::uuid as id,
        count(*) filter (where state = 'active') as running,
        bool_or(state < 'active' and start_after <= now()) as ready
      from pgboss.job where name = ${QUEUE} and state <= 'active' group by group_id
    ) busy
    left join profiles on profiles.id = busy.id and profiles.deleted_at is null
    left join served on served.profile = busy.id
    order by busy.running, served.at nulls first, busy.id`)
  return rows
}
