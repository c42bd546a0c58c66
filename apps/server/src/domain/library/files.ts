import { CutroomError, type Segment } from '@cutroom/contracts'
import { recipeHash } from '../../storage/recipe.ts'
import { inRequest } from '../in-request.ts'
import { PREVIEW_FILE, previewRecipe, previewTimeline } from '../previews.ts'
import type { Service } from '../service.ts'
import { INGEST_FILES, SOURCE_FILE, sourceKey } from '../sources.ts'
import type { SourceRow } from './answers.ts'
import { recordArtifact } from './artifacts.ts'
import type { EntryFile } from './entry-file.ts'
import { mediaTypeOf } from './media-type.ts'
import { admitKept, admitScratch, previewBytes } from './room.ts'
import { getSegment, type SegmentKey } from './segments.ts'
import { findSource, type SourceKey } from './source-rows.ts'

/** What an ingest leaves for players and pages. */
export type IngestFile = 'proxy' | 'filmstrip' | 'waveform' | 'features'

const INGEST: Readonly<Record<IngestFile, { readonly name: string; readonly contentType: string }>> = {
  proxy: { name: INGEST_FILES.proxy, contentType: 'video/mp4' },
  filmstrip: { name: INGEST_FILES.filmstrip, contentType: 'image/jpeg' },
  waveform: { name: INGEST_FILES.waveform, contentType: 'application/octet-stream' },
  features: { name: INGEST_FILES.drawing, contentType: 'application/json' },
}

const readSource = ({ db }: Service, key: SourceKey): Promise<SourceRow> =>
  db.ofProfile(key.profileId, (tx) => findSource(tx, key))

/** The bytes of a source as they were uploaded, refused ones included. Throws `not-found`. */
export async function sourceFile(service: Service, key: SourceKey): Promise<EntryFile> {
  const row = await readSource(service, key)
  return {
    key: sourceKey(key.profileId, key.id),
    name: SOURCE_FILE,
    contentType: mediaTypeOf(row.probe),
    downloadName: row.name,
  }
}

/** A file that ingest left. Throws `not-found`, and `conflict` where there is none yet, or never will be. */
export async function ingestFile(service: Service, key: SourceKey, what: IngestFile): Promise<EntryFile> {
  const { ingestHash, state } = await readSource(service, key)
  if (ingestHash === null)
    throw new CutroomError('conflict', `The source has no ${what}: it is ${state} and was not ingested.`, {
      remedy: 'Wait for its ingest; refused files and sound alone have none.',
      details: { state },
    })
  return { key: { profileId: key.profileId, kind: 'ingest', hash: ingestHash }, ...INGEST[what] }
}

/** A segment as a small video, cut out of the proxy without encoding, or found. Throws `not-found`, `conflict`, `quota-exceeded`. */
export async function segmentFile(service: Service, key: SegmentKey): Promise<EntryFile> {
  const { profileId } = key
  const segment = await getSegment(service, key)
  const proxy = await ingestFile(service, { profileId, id: segment.sourceId }, 'proxy')
  const { tools, storage } = service.studio
  const preview = { profileId, kind: 'preview', hash: recipeHash(previewRecipe(tools, [segment])) } as const
  if ((await storage.use(preview)) === null) await cutSegment(service, profileId, segment, proxy)
  return { key: preview, name: PREVIEW_FILE, contentType: 'video/mp4' }
}

async function cutSegment(
  service: Service,
  profileId: string,
  segment: Segment,
  proxy: EntryFile,
): Promise<void> {
  const { studio, db } = service
  const proxies = new Map([[segment.sourceId, studio.storage.localPath(proxy.key, proxy.name)]])
  const bytes = previewBytes(segment.end - segment.start)
  const admit = async () => {
    await admitScratch(service, profileId, bytes)
    await admitKept(service, profileId, bytes)
  }
  const artifact = await inRequest(studio, profileId, (job) =>
    previewTimeline(job, 'segment', [segment], proxies, admit),
  )
  await db.ofProfile(profileId, (tx) => recordArtifact(tx, profileId, artifact))
}
