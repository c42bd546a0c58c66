import { createHash, randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type EntryKind, PRESETS } from '@cutroom/contracts'
import {
  artifacts,
  clips,
  exports,
  presets,
  projectSegments,
  projectSources,
  projects,
  segments,
  sources,
  spending,
  storageDays,
  uploads,
} from '../../apps/server/src/db/schema/index.ts'
import { createScratch } from '../../apps/server/src/scratch/scratch.ts'
import type { TestProfile, TestService } from '../support/service.ts'

/** The ids of one of each thing of a profile. */
export interface Brand {
  readonly source: string
  readonly segment: string
  readonly project: string
  readonly clip: string
  readonly export: string
  readonly preset: string
  readonly job: string
  readonly upload: string
}

/** What stands in a path, by the part before it. */
export const idsInPaths = (brand: Brand): Readonly<Record<string, string>> => ({
  sources: brand.source,
  segments: brand.segment,
  projects: brand.project,
  clips: brand.clip,
  exports: brand.export,
  presets: brand.preset,
  jobs: brand.job,
  uploads: brand.upload,
  voices: 'espeak:en-us',
})

/** Gives a profile one of everything: rows of every table, and files. */
export async function fillProfile(t: TestService, { id: profileId }: TestProfile): Promise<Brand> {
  const bytes = `recording of ${profileId}`
  const source = createHash('sha256').update(bytes).digest('hex')
  const segment = randomUUID()
  const project = randomUUID()
  const clip = randomUUID()
  const exported = randomUUID()
  const upload = randomUUID()
  const preset = `own-${profileId.slice(0, 8)}`
  const kinds = ['source', 'ingest', 'preview', 'thumbnail', 'voiceover', 'export', 'logo'] as const
  for (const kind of kinds) await publish(t, profileId, kind, source, bytes)
  const uploaded = path.join(t.dataDir, 'uploads', profileId, upload)
  await mkdir(uploaded, { recursive: true })
  await writeFile(path.join(uploaded, 'original'), '')
  const job = await t.service.db.ofProfile(profileId, async (tx) => {
    for (const kind of kinds)
      await tx.insert(artifacts).values({ profileId, kind, hash: source, sizeBytes: 10 })
    await tx.insert(sources).values({
      profileId,
      id: source,
      name: 'walk.mp4',
      sizeBytes: bytes.length,
      state: 'ready',
      probe: null,
      summary: { durationSeconds: 60, usableSeconds: 50, cuts: [], filmstrip: null, peaksPerSecond: null },
    })
    await tx
      .insert(segments)
      .values({ profileId, id: segment, sourceId: source, start: 1, end: 9, origin: 'marked' })
    await tx
      .insert(projects)
      .values({ profileId, id: project, name: 'Spring', targetSeconds: 20, nextNumber: 2 })
    await tx.insert(projectSources).values({ profileId, projectId: project, sourceId: source, position: 0 })
    await tx
      .insert(projectSegments)
      .values({ profileId, projectId: project, segmentId: segment, position: 0 })
    await tx.insert(clips).values({
      profileId,
      id: clip,
      projectId: project,
      number: 1,
      name: 'Spring 1',
      timeline: [{ sourceId: source, start: 1, end: 5, score: null, why: '', segmentId: segment }],
      voice: 'espeak:en-us',
      captions: { origin: 'person', cues: [] },
      previewHash: source,
      thumbnailHash: source,
      voiceoverHash: source,
      voiceoverKind: 'voiceover',
    })
    const [reels] = PRESETS
    if (reels === undefined) throw new Error('There are no presets.')
    await tx.insert(presets).values({ profileId, id: preset, preset: { ...reels, id: preset } })
    await tx.insert(exports).values({
      profileId,
      id: exported,
      clipId: clip,
      projectId: project,
      clipVersion: 1,
      name: 'Spring 1',
      presetId: 'reels',
      recipeHash: source,
      recipe: {},
      parts: {},
      sizeBytes: 10,
      durationSeconds: 4,
    })
    await tx.insert(uploads).values({
      profileId,
      id: upload,
      name: 'run.mp4',
      sizeBytes: 100,
      resumable: true,
      expiresAt: new Date(Date.now() + 3_600_000),
    })
    const stored = { sources: 10, previews: 30, voices: 10, exports: 10, other: 10 }
    await tx.insert(storageDays).values({ profileId, day: '2026-01-31', stored, scratchPeakBytes: 5 })
    await tx.insert(spending).values({ profileId, provider: 'espeak', amountMicros: 1 })
    return t.service.queue.enqueue(tx, profileId, {
      kind: 'sweep',
      payload: { dryRun: true, olderThanSeconds: 0 },
      subject: 'Sweep',
    })
  })
  return {
    source,
    segment,
    project,
    clip,
    export: exported,
    preset,
    job,
    upload,
  }
}

async function publish(
  t: TestService,
  profileId: string,
  kind: EntryKind,
  hash: string,
  text: string,
): Promise<void> {
  const { dataDir } = t
  await using scratch = await createScratch({ dataDir, profileId, jobId: randomUUID(), attempt: 1 })
  const file = scratch.file('file')
  await writeFile(file, text)
  await t.service.studio.storage.publish({ profileId, kind, hash }, { files: { original: file }, meta: {} })
}
