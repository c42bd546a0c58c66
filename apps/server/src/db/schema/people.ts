import { boolean, index, pgTable, primaryKey, sql, text, uniqueIndex, uuid } from '../drizzle.ts'
import { createdAt, id, moment } from './columns.ts'
import { profiles } from './profiles.ts'

export const people = pgTable(
  'people',
  {
    id: id(),
    email: text('email').notNull(),
    name: text('name').notNull().default(''),
    /** argon2id in its PHC spelling. */
    passwordHash: text('password_hash').notNull(),
    /** An owner reaches every profile and manages people and settings; a member reaches the profiles of `memberships`. */
    role: text('role', { enum: ['owner', 'member'] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('people_email').on(sql`lower(${table.email})`)],
)

export const memberships = pgTable(
  'memberships',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    profileId: uuid('profile_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.personId, table.profileId] })],
)

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the cookie's token, hex. */
    tokenHash: text('token_hash').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('sessions_person').on(table.personId)],
)

/** One-time links: the first owner's, invitations, and those that set a new password. */
export const oneTimeLinks = pgTable('one_time_links', {
  id: id(),
  /** SHA-256 of the link's token, hex. */
  tokenHash: text('token_hash').notNull().unique(),
  purpose: text('purpose', { enum: ['setup', 'invitation', 'reset'] }).notNull(),
  /** Of the person that it makes. */
  role: text('role', { enum: ['owner', 'member'] }).notNull(),
  /** The profiles that a member will reach. */
  profileIds: uuid('profile_ids').array().notNull().default(sql`'{}'`),
  /** Whose password it sets. */
  personId: uuid('person_id').references(() => people.id, { onDelete: 'cascade' }),
  createdAt: createdAt(),
  expiresAt: moment('expires_at').notNull(),
})

export const apiKeys = pgTable('api_keys', {
  id: id(),
  name: text('name').notNull(),
  /** SHA-256 of the key, hex. */
  keyHash: text('key_hash').notNull().unique(),
  /** Its first characters, so that people tell keys apart. */
  hint: text('hint').notNull(),
  access: text('access', { enum: ['read', 'write'] }).notNull(),
  allProfiles: boolean('all_profiles').notNull(),
  createdBy: uuid('created_by').references(() => people.id, { onDelete: 'cascade' }),
  createdAt: createdAt(),
  lastUsedAt: moment('last_used_at'),
  revokedAt: moment('revoked_at'),
})

export const apiKeyProfiles = pgTable(
  'api_key_profiles',
  {
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    profileId: uuid('profile_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.profileId] })],
)
