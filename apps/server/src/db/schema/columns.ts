import { pgPolicy, pgRole, sql, timestamp, uuid } from '../drizzle.ts'

/** The role that the service works as: bound by row-level security, owner of nothing. */
export const appRole = pgRole('cutroom_app').existing()

/** The setting, of one transaction, that names the profile whose rows are seen. */
export const PROFILE_SETTING = 'cutroom.profile'

const ownProfile = sql`profile_id = nullif(current_setting('cutroom.profile', true), '')::uuid`

/** Binds a profile-owned table: rows of the transaction's profile are all there is, and all that can be written. */
export const ofProfile = (table: string) =>
  pgPolicy(`${table}_of_profile`, { for: 'all', to: appRole, using: ownProfile, withCheck: ownProfile })

/** Milliseconds, so that a time goes through JSON and cursors unchanged. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })
export const createdAt = () => moment('created_at').notNull().default(sql`now()`)
export const id = () => uuid('id').primaryKey().defaultRandom()
/** Ids of profile-owned rows are one half of a key; the profile is the other, so that no row can point at a stranger's. */
export const rowId = () => uuid('id').notNull().defaultRandom()
