import type { CaptionStyleId, Captions, ClipCut, Preset } from '@cutroom/contracts'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  sql,
  text,
  uniqueIndex,
  uuid,
} from '../drizzle.ts'
import { createdAt, moment, ofProfile, rowId } from './columns.ts'
import { segments, sources } from './library.ts'
import { profileId } from './profiles.ts'

export const projects = pgTable(
  'projects',
  {
    profileId: profileId(),
    id: rowId(),
    name: text('name').notNull(),
    brief: text('brief').notNull().default(''),
    /** Seconds that its clips shall last. */
    targetSeconds: doublePrecision('target_seconds').notNull(),
    /** Number of the next clip: numbers are never used twice. */
    nextNumber: integer('next_number').notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.id] }),
    index('projects_newest').on(table.profileId, table.createdAt, table.id),
    ofProfile('projects'),
  ],
)

/** Rows that go with their project. */
const ofProject = (table: string, columns: { profileId: AnyPgColumn; projectId: AnyPgColumn }) =>
  foreignKey({
    name: `${table}_of_project`,
    columns: [columns.profileId, columns.projectId],
    foreignColumns: [projects.profileId, projects.id],
  }).onDelete('cascade')

export const projectSources = pgTable(
  'project_sources',
  {
    profileId: profileId(),
    projectId: uuid('project_id').notNull(),
    sourceId: text('source_id').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.projectId, table.sourceId] }),
    ofProject('project_sources', table),
    foreignKey({
      columns: [table.profileId, table.sourceId],
      foreignColumns: [sources.profileId, sources.id],
    }).onDelete('cascade'),
    ofProfile('project_sources'),
  ],
)

export const projectSegments = pgTable(
  'project_segments',
  {
    profileId: profileId(),
    projectId: uuid('project_id').notNull(),
    segmentId: uuid('segment_id').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.projectId, table.segmentId] }),
    ofProject('project_segments', table),
    foreignKey({
      columns: [table.profileId, table.segmentId],
      foreignColumns: [segments.profileId, segments.id],
    }).onDelete('cascade'),
    index('project_segments_of_segment').on(table.profileId, table.segmentId),
    ofProfile('project_segments'),
  ],
)

export const clips = pgTable(
  'clips',
  {
    profileId: profileId(),
    id: rowId(),
    projectId: uuid('project_id').notNull(),
    number: integer('number').notNull(),
    name: text('name').notNull(),
    /** Grows with every change of content; writers name the one they saw. */
    version: integer('version').notNull().default(1),
    timeline: jsonb('timeline').$type<ClipCut[]>().notNull(),
    script: text('script').notNull().default(''),
    voice: text('voice').notNull(),
    /** Hash of the artifact of kind `voiceover`, or of a source of sound alone: what is heard over the timeline. */
    voiceoverHash: text('voiceover_hash'),
    voiceoverKind: text('voiceover_kind', { enum: ['voiceover', 'source'] }),
    /** The script that the voiceover says; where it is not `script`, the voiceover is old. */
    voiceoverScript: text('voiceover_script'),
    /** The voice that says it; `null` for a recorded one. */
    voiceoverVoice: text('voiceover_voice'),
    /** How long the voiceover is; `null` for one that was made before this was written down. */
    voiceoverSeconds: doublePrecision('voiceover_seconds'),
    musicSourceId: text('music_source_id'),
    captions: jsonb('captions').$type<Captions>(),
    /** `null` where captions are not burnt in. */
    captionStyle: text('caption_style').$type<CaptionStyleId>(),
    /** Whose sound goes on under all cuts, and the second of it that is heard first; `null` where each cut brings its own. */
    soundFrom: jsonb('sound_from').$type<{ sourceId: string; start: number }>(),
    /** Whether the sources' own sound is heard. */
    sourceSound: boolean('source_sound').notNull().default(true),
    selected: boolean('selected').notNull().default(false),
    /** Hashes of the artifacts of kind `preview`, of the current timeline, and `thumbnail`, of the last one that had a preview. */
    previewHash: text('preview_hash'),
    thumbnailHash: text('thumbnail_hash'),
    createdAt: createdAt(),
    /** The job that made it: a second attempt finds by it what the first has written. */
    jobId: uuid('job_id'),
    updatedAt: moment('updated_at').notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.id] }),
    ofProject('clips', table),
    uniqueIndex('clips_number').on(table.profileId, table.projectId, table.number),
    index('clips_newest').on(table.profileId, table.createdAt, table.id),
    index('clips_of_project').on(table.profileId, table.projectId, table.createdAt, table.id),
    // Which clips show a source.
    index('clips_timeline').using('gin', sql`${table.timeline} jsonb_path_ops`),
    ofProfile('clips'),
  ],
)

export const presets = pgTable(
  'presets',
  {
    profileId: profileId(),
    /** Its slug: the `id` of the preset; never one of a built-in preset. */
    id: text('id').notNull(),
    preset: jsonb('preset').$type<Preset>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.profileId, table.id] }), ofProfile('presets')],
)

export const exports = pgTable(
  'exports',
  {
    profileId: profileId(),
    id: rowId(),
    /** The clip may have been deleted since; the file stays until the export is deleted. */
    clipId: uuid('clip_id').notNull(),
    projectId: uuid('project_id').notNull(),
    clipVersion: integer('clip_version').notNull(),
    /** File name for people, without extension. */
    name: text('name').notNull(),
    presetId: text('preset_id').notNull(),
    /** Hash of the recipe; names the artifact of kind `export`. */
    recipeHash: text('recipe_hash').notNull(),
    recipe: jsonb('recipe').notNull(),
    /** Hashes of the parts of the clip and preset that decided it (`domain/render/parts.ts`). */
    parts: jsonb('parts').$type<Readonly<Record<string, string>>>().notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    durationSeconds: doublePrecision('duration_seconds').notNull(),
    integratedLufs: doublePrecision('integrated_lufs'),
    truePeakDbtp: doublePrecision('true_peak_dbtp'),
    jobId: uuid('job_id'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.profileId, table.id] }),
    index('exports_of_clip').on(table.profileId, table.clipId),
    index('exports_of_project').on(table.profileId, table.projectId),
    index('exports_newest').on(table.profileId, table.createdAt, table.id),
    ofProfile('exports'),
  ],
)
