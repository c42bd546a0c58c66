import { z } from 'zod'
import { momentSchema } from './page.ts'

const bytes = z.int().min(0)

/** What a profile takes of the disk. Bytes. */
export const storageUsageSchema = z
  .object({
    kinds: z.array(z.object({ kind: z.string(), count: z.int(), sizeBytes: bytes })),
    storedBytes: bytes.describe('Sum of all kinds.'),
    uploadBytes: bytes.describe('Announced by uploads on their way; they count against the quota.'),
    quotaBytes: bytes.nullable().describe('`null`: no limit.'),
    scratchBytes: bytes.describe('Work in progress.'),
    scratchQuotaBytes: bytes.nullable(),
  })
  .meta({ id: 'StorageUsage' })
export type StorageUsage = z.infer<typeof storageUsageSchema>

/** What is stored, as people tell it apart. Bytes. */
const storedGroupsSchema = z
  .object({
    sources: bytes,
    previews: bytes.describe(
      'Proxies, filmstrips, waveforms, previews and thumbnails: they can be made again.',
    ),
    voices: bytes,
    exports: bytes,
    other: bytes,
  })
  .meta({ id: 'StoredGroups' })
export type StoredGroups = z.infer<typeof storedGroupsSchema>

const storageDaySchema = z
  .object({
    day: z.iso.date().describe('Of UTC.'),
    storedBytes: bytes.describe('Sum of all groups at the end of the day; of today, now.'),
    groups: storedGroupsSchema,
    scratchPeakBytes: bytes.describe('The most work in progress that was seen, looking every ten minutes.'),
    jobsDone: z.int().min(0),
    jobsFailed: z.int().min(0),
    exportedSeconds: z.number().min(0).describe('Length of the exports of the day that are still there.'),
  })
  .meta({ id: 'StorageDay' })

/** What a profile took of the disk, day by day. */
export const storageHistorySchema = z
  .object({
    items: z
      .array(storageDaySchema)
      .describe(
        'Every day from the first that is known to today, oldest first. A day on which no server ran shows what was stored before.',
      ),
  })
  .meta({ id: 'StorageHistory' })
export type StorageHistory = z.infer<typeof storageHistorySchema>

export const storageHistoryQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(366).default(30).describe('How many, today included.'),
})

const seconds = z
  .number()
  .min(0)
  .max(10 * 366 * 86_400)

export const cleanRequestSchema = z
  .strictObject({
    dryRun: z.boolean().default(false).describe('Report what would be removed, and remove nothing.'),
    olderThanSeconds: seconds
      .default(0)
      .describe('Keep what had its last sign of life less than so many seconds ago.'),
  })
  .meta({ id: 'CleanRequest' })
export type CleanRequest = z.infer<typeof cleanRequestSchema>

/** What was removed of the scratch of a profile. */
export const cleanReportSchema = z
  .object({
    removed: z
      .array(z.object({ name: z.string(), sizeBytes: bytes }))
      .describe('Folders of attempts: `<job>.<attempt>`.'),
    kept: z.array(z.object({ name: z.string(), why: z.string() })),
    bytesFreed: bytes,
  })
  .meta({ id: 'CleanReport' })
export type CleanReport = z.infer<typeof cleanReportSchema>

export const collectRequestSchema = z
  .strictObject({
    dryRun: z.boolean().default(false),
    graceSeconds: seconds
      .min(3600)
      .default(86_400)
      .describe(
        'Keep what was made or used less than so many seconds ago; what running jobs made or used stays anyway.',
      ),
  })
  .meta({ id: 'CollectRequest' })
export type CollectRequest = z.infer<typeof collectRequestSchema>

/** What was removed of the storage of a profile: files that nothing names any more. */
export const collectReportSchema = z
  .object({
    removed: z.array(z.object({ kind: z.string(), count: z.int(), sizeBytes: bytes })),
    bytesFreed: bytes,
  })
  .meta({ id: 'CollectReport' })
export type CollectReport = z.infer<typeof collectReportSchema>

/** What was tidied up for a profile. */
export const sweepReportSchema = z
  .object({
    scratch: cleanReportSchema,
    storage: collectReportSchema,
    uploads: z
      .object({ expired: z.int(), finished: z.int() })
      .describe(
        'Those that were forgotten, and those that were finished after their process had ended too early.',
      ),
  })
  .meta({ id: 'SweepReport' })
export type SweepReport = z.infer<typeof sweepReportSchema>

/** Files that a player may open by a link. */
const LINK_RESOURCES = [
  'source',
  'proxy',
  'filmstrip',
  'waveform',
  'segment',
  'preview',
  'thumbnail',
  'voiceover',
  'export',
  'logo',
] as const

export type LinkResource = (typeof LINK_RESOURCES)[number]

export const newLinkSchema = z
  .strictObject({
    resource: z
      .enum(LINK_RESOURCES)
      .describe('`preview`, `thumbnail` and `voiceover` are those of a clip; `logo` that of the profile.'),
    id: z.string().max(100).describe('Of the source, segment, clip, export or profile.'),
    seconds: z.int().min(1).max(3600).default(3600).describe('How long the link works.'),
  })
  .meta({ id: 'NewLink' })
export type NewLink = z.infer<typeof newLinkSchema>

export const linkSchema = z
  .object({
    url: z.string().describe('Path on this server. Whoever has it reads the file.'),
    expiresAt: momentSchema,
  })
  .meta({ id: 'Link' })
export type Link = z.infer<typeof linkSchema>
