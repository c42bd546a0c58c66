import { CutroomError, type VoiceSpending } from '@cutroom/contracts'
import type { Tx } from '../../db/database.ts'
import { and, eq, gte, sql } from '../../db/drizzle.ts'
import { takeProfileLock } from '../../db/locks.ts'
import { spending } from '../../db/schema/jobs.ts'
import { profiles } from '../../db/schema/profiles.ts'
import { admitKept, VOICE_BYTES } from '../library/room.ts'
import type { QueuedJob } from '../queued-job.ts'
import type { Purse } from '../voices.ts'

/**
 * The monthly budget of the job's profile, and the room that is left for what is bought. What speech may cost is set aside before it is bought, so that jobs that run side by side
 * never spend more together; afterwards only what was spent stays written down. Of a worker that was killed, what was set aside.
 */
export function purseOf(job: QueuedJob): Purse {
  const { service, profile, jobId } = job
  return {
    async pay(provider, quote, work) {
      await admitKept(service, profile.id, VOICE_BYTES)
      if (quote === 0) return work(() => undefined)
      const id = await service.db.ofProfile(profile.id, async (tx) => {
        await admitSpending(tx, profile.id, quote)
        const [row] = await tx
          .insert(spending)
          .values({ profileId: profile.id, jobId, provider, amountMicros: quote })
          .returning({ id: spending.id })
        return row?.id ?? ''
      })
      let amountMicros = 0
      try {
        return await work((micros) => {
          amountMicros += micros
        })
      } finally {
        const own = and(eq(spending.profileId, profile.id), eq(spending.id, id))
        await service.db.ofProfile(profile.id, (tx) =>
          amountMicros === 0
            ? tx.delete(spending).where(own)
            : tx.update(spending).set({ amountMicros }).where(own),
        )
      }
    },
  }
}

/** Throws `quota-exceeded` unless the profile may spend so many millionths of a US dollar more this month (UTC). */
async function admitSpending(tx: Tx, profileId: string, micros: number): Promise<void> {
  await takeProfileLock(tx, 'spending', profileId)
  const { spentMicros: used, limitMicros: limit } = await spendingOfMonth(tx, profileId)
  if (limit === null || used + micros <= limit) return
  throw new CutroomError(
    'quota-exceeded',
    `The profile may spend ${dollars(limit)} a month; ${dollars(used)} are spent, and this voiceover would cost ${dollars(micros)}.`,
    { details: { limitMicros: limit, usedMicros: used, neededMicros: micros } },
  )
}

/** What voices have cost a profile this month (UTC), and what they may. */
export async function spendingOfMonth(tx: Tx, profileId: string): Promise<VoiceSpending> {
  const start = sql`date_trunc('month', now() at time zone 'utc')`
  const [spent] = await tx
    .select({
      month: sql<string>`to_char(${start}, 'YYYY-MM')`,
      micros: sql<number>`coalesce(sum(${spending.amountMicros}), 0)`.mapWith(Number),
    })
    .from(spending)
    .where(and(eq(spending.profileId, profileId), gte(spending.createdAt, sql`${start} at time zone 'utc'`)))
  const [profile] = await tx
    .select({ limits: profiles.limits })
    .from(profiles)
    .where(eq(profiles.id, profileId))
  return {
    month: spent?.month ?? '',
    spentMicros: spent?.micros ?? 0,
    limitMicros: profile?.limits.monthlySpendMicros ?? null,
  }
}

const dollars = (micros: number): string => `$${(micros / 1e6).toFixed(2)}`
