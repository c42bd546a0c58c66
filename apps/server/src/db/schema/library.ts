import {
  ENTRY_KINDS,
  type MediaProbe,
  type Problem,
  type SourceSummary,
  type StoredGroups,
} from '@cutroom/contracts'
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  sql,
  text,
  uuid,
} from '../drizzle.ts'
import { createdAt, moment, ofProfile, rowId } from './columns.ts'
import { profileId } from './profiles.ts'

/** What the profile keeps in storage; each row is written once its entry is whole. The sum of sizes is what the quota counts. */
export const artifacts = pgTable(
  'artifacts',
  {
    profileId: profileId(),
    kind: text('kind', { enum: ENTRY_KINDS }).notNull(),
    hash: text('hash').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    createdAt: createdAt(),
    /** When it was last made or found; garbage collection counts its grace from then. */
    usedAt: moment('used_at').notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.profileId, table.kind, table.hash] }), ofProfile('artifacts')],
)

/** What the profile took of the disk on a day of UTC. */
export const storageDays = pgTable(
  'storage_days',
  {
    profileId: profileId(),
    day: date('day', { mode: 'string' }).notNull(),
    /** The latest that was seen. */
    stored: jsonb('stored').$type<StoredGroups>().notNull(),
    /** The most that was seen. */
    scratchPeakBytes: bigint('scratch_peak_bytes', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.profileId, table.day] }), ofProfile('storage_days')],
)

export const sources = pgTable(
  'sources',
  {
    profileId: profileId(),
    /** SHA-256 of the bytes, hex. */
    id: text('id').notNull(),
    name: text('name').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    /** `refused`: no recording that can be used; kept for download, `problem` says why. `failed`: its ingest failed. */
    state: text('state', { enum: ['refused', 'waiting', 'ingesting', 'ready', 'failed'] }).notNull(),
    problem: jsonb('problem').$type<Problem>(),
    probe: jsonb('probe').$type<MediaProbe>(),
    summary: jsonb('summary').$type<SourceSummary>(),
    /** Hash of the artifact of kind `ingest`; `null` until it is ready, and for sound alone. */
    ingestHash: text('ingest_hash'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.id] }),
    index('sources_newest').on(table.profileId, table.createdAt, table.id),
    ofProfile('sources'),
  ],
)

/** Uploads on their way. Their bytes lie in `<data>/uploads/<profileId>/`. */
export const uploads = pgTable(
  'uploads',
  {
    profileId: profileId(),
    /** Unguessable: it is the upload's address. */
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    /** Bytes announced; counted against the quota from the start. */
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    receivedBytes: bigint('received_bytes', { mode: 'number' }).notNull().default(0),
    /** False where it arrives in one request: then nobody else can go on with it. */
    resumable: boolean('resumable').notNull(),
    /** The source that it became. */
    sourceId: text('source_id'),
    problem: jsonb('problem').$type<Problem>(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.id] }),
    index('uploads_expiry').on(table.profileId, table.expiresAt),
    ofProfile('uploads'),
  ],
)

export const segments = pgTable(
  'segments',
  {
    profileId: profileId(),
    id: rowId(),
    sourceId: text('source_id').notNull(),
    /** Seconds of the source. */
    start: doublePrecision('start_seconds').notNull(),
    end: doublePrecision('end_seconds').notNull(),
    name: text('name').notNull().default(''),
    keywords: text('keywords').array().notNull().default(sql`'{}'`),
    favourite: boolean('favourite').notNull().default(false),
    origin: text('origin', { enum: ['found', 'marked'] }).notNull(),
    /** 0 to 1: how good selection thinks it; `null` where a person marked it in a source without features. */
    score: doublePrecision('score'),
    why: text('why').notNull().default(''),
    /** In how many clips it is shown; kept by the code that writes timelines. */
    usageCount: integer('usage_count').notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({
      columns: [table.profileId, table.sourceId],
      foreignColumns: [sources.profileId, sources.id],
    }).onDelete('cascade'),
    primaryKey({ columns: [table.profileId, table.id] }),
    index('segments_of_source').on(table.profileId, table.sourceId, table.start),
    index('segments_newest').on(table.profileId, table.createdAt, table.id),
    ofProfile('segments'),
  ],
)
