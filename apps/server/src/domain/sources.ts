import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type MediaProbe, probeSchema, type SourceFeatures } from '@cutroom/contracts'
import {
  decodeFeatures,
  encodeFeatures,
  FEATURE_RATE_HZ,
  type Features,
  type Findings,
  findSegments,
  INGEST_VERSION,
  ingestSource,
  probeFile,
  speechRanges,
} from '@cutroom/media'
import { z } from 'zod'
import type { Artifact } from '../storage/artifacts.ts'
import type { EntryKey } from '../storage/storage.ts'
import { identifyFile } from './hash-file.ts'
import { inFolder, type Job, type Studio } from './job.ts'
import { runStage } from './stage.ts'

/** What an ingest says of a source beside its files. Seconds of the source. */
const ingestMetaSchema = z.object({
  probe: probeSchema,
  randomAccess: z.enum(['exact', 'unsafe']),
  filmstrip: z.object({
    tile: z.object({ width: z.number(), height: z.number() }),
    columns: z.number(),
    rows: z.number(),
    count: z.number(),
    intervalSeconds: z.number(),
  }),
  peaksPerSecond: z.number(),
  usableSeconds: z.number(),
  /** The best segments, in the order of the source. */
  segments: z.array(z.object({ start: z.number(), end: z.number(), score: z.number(), why: z.string() })),
})
type IngestMeta = z.infer<typeof ingestMetaSchema>

/** A source that was ingested: everything that selection, previews and rendering need to know of it. */
export interface Source extends IngestMeta {
  /** SHA-256 of its bytes. */
  readonly id: string
  /** Its file name, for people. */
  readonly name: string
  readonly path: string
  readonly probe: MediaProbe
  readonly features: Features
  readonly proxyPath: string
  /** Features, proxy, filmstrip and waveform, as they are stored. */
  readonly artifact: Artifact
}

/** The file of a stored source, in its entry. */
export const SOURCE_FILE = 'original'
/** The files of an ingest. */
export const INGEST_FILES = {
  features: 'features.bin',
  /** The same as JSON, for drawing. */
  drawing: 'features.json',
  waveform: 'waveform.bin',
  proxy: 'proxy.mp4',
  filmstrip: 'filmstrip.jpg',
} as const

/** Rises when an ingest leaves other files or facts behind than before, while the engine's own are the same. */
const CONTENTS_VERSION = 1
/** More are not looked through. */
const MOST_SEGMENTS = 60

/** Where the bytes of a source of the library lie. */
export const sourceKey = (profileId: string, id: string): EntryKey => ({
  profileId,
  kind: 'source',
  hash: id,
})

/**
 * Identifies a file by its bytes and ingests it, or finds what an earlier ingest of the same bytes left behind.
 * Throws `file-missing`, `conflict` where the file changes meanwhile, and whatever probing or decoding says of the file.
 */
export async function openSource(job: Job, file: string): Promise<Source> {
  const name = path.basename(file)
  const about = { profile: job.profile.name, subject: name, stage: 'hash' } as const
  const identity = await runStage(job.report, about, async (onProgress) => {
    const value = await identifyFile(file, job.signal, (fraction) =>
      onProgress({ fraction, speed: null, secondsLeft: null }),
    )
    return { value }
  })
  return ingest(job, { id: identity.sha256, name, path: file }, () => identity.checkUnchanged())
}

/** A source of the library, by its row. */
interface StoredSource {
  readonly id: string
  readonly name: string
}

/** The same for a source of the library, whose bytes are known and cannot change. */
export const openStoredSource = (job: Job, source: StoredSource): Promise<Source> =>
  ingest(job, fileOf(job.studio, job.profile.id, source), async () => undefined)

/** A source of the library that was ingested, without a word to anybody; `null` where there is nothing of an ingest. */
export async function findStoredSource(job: Job, source: StoredSource): Promise<Source | null> {
  const { studio, profile } = job
  const found = await studio.artifacts.find(profile.id, 'ingest', recipeOf(job, source.id))
  return found && sourceOf(fileOf(studio, profile.id, source), found)
}

/** A source of the library out of the ingest that its row names, be it an older one; `null` where that is gone. */
export async function readStoredSource(
  studio: Studio,
  profileId: string,
  source: StoredSource & { readonly ingestHash: string },
): Promise<Source | null> {
  const found = await studio.artifacts.open({ profileId, kind: 'ingest', hash: source.ingestHash })
  return found && sourceOf(fileOf(studio, profileId, source), found)
}

const fileOf = ({ storage }: Studio, profileId: string, { id, name }: StoredSource) => ({
  id,
  name,
  path: storage.localPath(sourceKey(profileId, id), SOURCE_FILE),
})

const recipeOf = ({ studio }: Job, source: string) => ({
  version: INGEST_VERSION,
  contents: CONTENTS_VERSION,
  ffmpeg: studio.tools.version,
  source,
})

/** `checkUnchanged` throws where the file is not the one that `id` was made of any more; asked before anything is published. */
function ingest(
  job: Job,
  file: { readonly id: string; readonly name: string; readonly path: string },
  checkUnchanged: () => Promise<void>,
): Promise<Source> {
  const { tools, artifacts, slots } = job.studio
  const { id, name } = file
  const about = { profile: job.profile.name, subject: name, stage: 'ingest' } as const
  return runStage(job.report, about, async (onProgress) => {
    const make = async (folder: string) => {
      const probe = await probeFile(tools, file.path, { scratchDir: folder, signal: job.signal, name })
      const made = await ingestSource(tools, probe, file.path, folder, { signal: job.signal, onProgress })
      const { segments, usableSeconds, flaws } = findSegments(made.features, MOST_SEGMENTS)
      const place = (key: keyof typeof INGEST_FILES) => path.join(folder, INGEST_FILES[key])
      await writeFile(place('features'), encodeFeatures(made.features))
      await writeFile(place('drawing'), JSON.stringify(drawingOf(made.features, flaws)))
      await writeFile(place('waveform'), made.waveform.peaks)
      await checkUnchanged()
      const meta: IngestMeta = {
        probe,
        randomAccess: made.randomAccess,
        filmstrip: made.filmstrip,
        peaksPerSecond: made.waveform.peaksPerSecond,
        usableSeconds,
        segments: [...segments],
      }
      return {
        files: {
          [INGEST_FILES.features]: place('features'),
          [INGEST_FILES.drawing]: place('drawing'),
          [INGEST_FILES.waveform]: place('waveform'),
          [INGEST_FILES.proxy]: made.proxyPath,
          [INGEST_FILES.filmstrip]: made.filmstripPath,
        },
        meta,
      }
    }
    const { id: profileId } = job.profile
    const artifact = await inFolder(job, 'ingest', (folder) => {
      const inTurn = () => slots.run(profileId, job.signal, () => make(folder))
      return artifacts.ensure(profileId, 'ingest', recipeOf(job, id), inTurn, job.signal)
    })
    const value = await sourceOf(file, artifact)
    const { video, durationSeconds } = value.probe
    const detail = `${durationSeconds.toFixed(1)} s of ${video?.displayWidth}×${video?.displayHeight}`
    return { value, found: !artifact.made, detail }
  })
}

async function sourceOf(
  file: { readonly id: string; readonly name: string; readonly path: string },
  artifact: Artifact,
): Promise<Source> {
  const features = decodeFeatures(await readFile(artifact.path(INGEST_FILES.features)))
  const proxyPath = artifact.path(INGEST_FILES.proxy)
  return { ...file, ...ingestMetaSchema.parse(artifact.meta), features, proxyPath, artifact }
}

/** Features as pages draw them; three digits are more than a screen shows. */
function drawingOf(features: Features, flaws: Findings['flaws']): SourceFeatures {
  const series = (values: Float32Array, digits: number) =>
    Array.from(values, (value) => Number(value.toFixed(digits)))
  return {
    durationSeconds: features.durationSeconds,
    samplesPerSecond: FEATURE_RATE_HZ,
    hasAudio: features.hasAudio,
    motion: series(features.motion, 4),
    brightness: series(features.brightness, 3),
    sharpness: series(features.sharpness, 4),
    loudness: series(features.loudness, 1),
    speech: speechRanges(features.speech, features.durationSeconds),
    cuts: [...features.hardCuts],
    flaws: [...flaws],
  }
}
