import type {
  EventType,
  JobKind,
  JobNote,
  JobResult,
  JobState,
  Problem,
  StageRecord,
} from '@cutroom/contracts'
import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  sql,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from '../drizzle.ts'
import { createdAt, moment, ofProfile, rowId } from './columns.ts'
import { profileId, profiles } from './profiles.ts'

/** What people and programs see of a job; pg-boss delivers it, under the same id. */
export const jobs = pgTable(
  'jobs',
  {
    profileId: profileId(),
    id: rowId(),
    kind: text('kind').$type<JobKind>().notNull(),
    state: text('state').$type<JobState>().notNull().default('waiting'),
    /** What it is about, for people: a file name, a clip's name. */
    subject: text('subject').notNull(),
    payload: jsonb('payload').notNull(),
    result: jsonb('result').$type<JobResult>(),
    problem: jsonb('problem').$type<Problem>(),
    /** Higher goes first among the jobs of its profile. */
    priority: integer('priority').notNull().default(0),
    /** Number of the latest attempt. It never repeats, not even after a retry by hand: scratch folders are named by it. */
    attempt: integer('attempt').notNull().default(0),
    /** Jobs that share a key run one after another; `clip:<id>` for each clip that a job writes. */
    serialKeys: text('serial_keys').array().notNull().default(sql`'{}'`),
    projectId: uuid('project_id'),
    clipId: uuid('clip_id'),
    sourceId: text('source_id'),
    /** Of the whole job, 0 to 1, never falling within an attempt. */
    fraction: doublePrecision('fraction').notNull().default(0),
    stage: text('stage'),
    /** Seconds of media done per second. */
    speed: doublePrecision('speed'),
    secondsLeft: doublePrecision('seconds_left'),
    stages: jsonb('stages').$type<StageRecord[]>().notNull().default([]),
    notes: jsonb('notes').$type<JobNote[]>().notNull().default([]),
    createdAt: createdAt(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
    cancelRequestedAt: moment('cancel_requested_at'),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.id] }),
    index('jobs_newest').on(table.profileId, table.createdAt, table.id),
    index('jobs_by_state').on(table.profileId, table.state, table.createdAt, table.id),
    index('jobs_by_end').on(table.profileId, table.finishedAt),
    index('jobs_of_project').on(table.profileId, table.projectId),
    index('jobs_of_clip').on(table.profileId, table.clipId),
    ofProfile('jobs'),
  ],
)

/** When each profile was last given a place for a job. The order between profiles is none of one profile's own, so nothing binds it. */
export const served = pgTable('served', {
  profile: uuid('profile')
    .primaryKey()
    .references(() => profiles.id, { onDelete: 'cascade' }),
  at: timestamp('at', { withTimezone: true }).notNull(),
})

/**
 * What changed, in the order of commits, for the event stream. A thing has one row, its latest: a newer event takes its place, so
 * the table grows with what there is and not with what happens.
 */
export const events = pgTable(
  'events',
  {
    profileId: profileId(),
    type: text('type').$type<EventType>().notNull(),
    /** The id of the thing that changed. */
    subjectId: text('subject_id').notNull(),
    /** Grows within a profile. */
    id: bigint('id', { mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    data: jsonb('data').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.type, table.subjectId] }),
    uniqueIndex('events_in_order').on(table.profileId, table.id),
    ofProfile('events'),
  ],
)

/** Answers to requests that carried an idempotency key. */
export const idempotentRequests = pgTable(
  'idempotent_requests',
  {
    profileId: profileId(),
    /** Who asked: keys of one caller say nothing to another. */
    callerId: uuid('caller_id').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of method, path and body: the same key with another request is a mistake. */
    requestHash: text('request_hash').notNull(),
    /** `null` while the first request runs. */
    status: integer('status'),
    /** As it was sent. */
    body: text('body'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.callerId, table.key] }),
    index('idempotent_requests_by_age').on(table.profileId, table.createdAt),
    ofProfile('idempotent_requests'),
  ],
)

/** Money that voices cost. */
export const spending = pgTable(
  'spending',
  {
    profileId: profileId(),
    id: rowId(),
    jobId: uuid('job_id'),
    provider: text('provider').notNull(),
    /** Millionths of a US dollar. */
    amountMicros: bigint('amount_micros', { mode: 'number' }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.id] }),
    index('spending_by_month').on(table.profileId, table.createdAt),
    ofProfile('spending'),
  ],
)
