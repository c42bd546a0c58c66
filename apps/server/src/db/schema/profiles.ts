import type { ProfileDefaults, ProfileLimits } from '@cutroom/contracts'
import { boolean, jsonb, pgTable, sql, text, uniqueIndex, uuid } from '../drizzle.ts'
import { createdAt, moment } from './columns.ts'

export const profiles = pgTable(
  'profiles',
  {
    /** Where free, the version 5 UUID of the first name (`domain/profile.ts`). */
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    /** `#rrggbb`. */
    colour: text('colour').notNull(),
    /** Hash of the storage entry of kind `logo`. */
    logoHash: text('logo_hash'),
    defaults: jsonb('defaults').$type<ProfileDefaults>().notNull(),
    limits: jsonb('limits').$type<ProfileLimits>().notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    createdAt: createdAt(),
    /** From then on the profile is gone for everybody; its rows and files follow once its jobs have stopped. */
    deletedAt: moment('deleted_at'),
  },
  (table) => [
    uniqueIndex('profiles_one_default').on(table.isDefault).where(sql`is_default`),
    uniqueIndex('profiles_name').on(sql`lower(${table.name})`).where(sql`deleted_at is null`),
  ],
)

/** Owner of a row. */
export const profileId = () =>
  uuid('profile_id')
    .notNull()
    .references(() => profiles.id)
