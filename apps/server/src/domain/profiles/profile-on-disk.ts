import { existsSync } from 'node:fs'
import { CutroomError } from '@cutroom/contracts'
import { and, eq, isNull, or, sql } from '../../db/drizzle.ts'
import { homePath } from '../../db/embedded/home.ts'
import { type DatabasePlace, withDatabase } from '../../db/open.ts'
import { profiles } from '../../db/schema/profiles.ts'
import { type Profile, profileOfName } from '../profile.ts'

/**
 * The profile that a name stands for in a data folder: the one of its database, so that a brand that was renamed keeps its files; where
 * there is no database, or none of that name in it, the one of the name itself. Throws `conflict` where that one goes by another
 * name by now, `field-invalid`, and what opening the database throws.
 */
export async function profileOnDisk(place: DatabasePlace, name: string): Promise<Profile> {
  const named = profileOfName(name)
  const known = await askDatabase(place, named)
  const own = known.find((row) => row.deletedAt === null && sameName(row.name, named.name))
  if (own !== undefined) return { id: own.id, name: own.name }
  const [taken] = known
  if (taken === undefined) return named
  throw new CutroomError(
    'conflict',
    `The files of ${JSON.stringify(named.name)} belong to ${taken.deletedAt === null ? `the profile ${JSON.stringify(taken.name)}` : 'a profile that is being deleted'}.`,
    {
      field: 'profile',
      remedy: 'Make a new profile with `cutroom profiles create`, or use the present name.',
    },
  )
}

type Known = Pick<typeof profiles.$inferSelect, 'id' | 'name' | 'deletedAt'>

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

async function askDatabase(place: DatabasePlace, { id, name }: Profile): Promise<Known[]> {
  // Nobody has made a database here, and a name is no reason to make one.
  if (place.database === null && !existsSync(homePath(place.dataDir))) return []
  const named = and(isNull(profiles.deletedAt), sql`lower(${profiles.name}) = lower(${name})`)
  return withDatabase(place, (db) =>
    db.shared((tx) =>
      tx
        .select({ id: profiles.id, name: profiles.name, deletedAt: profiles.deletedAt })
        .from(profiles)
        .where(or(eq(profiles.id, id), named)),
    ),
  )
}
