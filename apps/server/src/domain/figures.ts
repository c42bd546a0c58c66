import { count, isNull, sum } from '../db/drizzle.ts'
import { jobs } from '../db/schema/jobs.ts'
import { artifacts } from '../db/schema/library.ts'
import { profiles } from '../db/schema/profiles.ts'
import type { StudioFigures } from '../metrics.ts'
import { longestWait } from '../queue/waits.ts'
import type { Service } from './service.ts'

/** What there is and what waits, of every profile. Each is asked for itself, since no query sees the rows of two. */
export async function readFigures({ db }: Service): Promise<StudioFigures> {
  const living = await db.shared((tx) =>
    tx.select({ id: profiles.id }).from(profiles).where(isNull(profiles.deletedAt)),
  )
  const figures = { jobs: [], longestWait: [], stored: [] } as {
    -readonly [K in Exclude<keyof StudioFigures, 'connections'>]: StudioFigures[K][number][]
  }
  for (const { id: profileId } of living) {
    await db.ofProfile(profileId, async (tx) => {
      const groups = await tx
        .select({ kind: jobs.kind, state: jobs.state, count: count() })
        .from(jobs)
        .groupBy(jobs.kind, jobs.state)
      for (const group of groups) figures.jobs.push({ profileId, ...group })
      figures.longestWait.push({ profileId, seconds: await longestWait(tx, profileId) })
      const bytes = await tx
        .select({ kind: artifacts.kind, bytes: sum(artifacts.sizeBytes).mapWith(Number) })
        .from(artifacts)
        .groupBy(artifacts.kind)
      for (const row of bytes) figures.stored.push({ profileId, ...row })
    })
  }
  return { ...figures, connections: db.counts() }
}
