import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type Cue,
  type CutroomError,
  captionsSchema,
  clipSchema,
  type ExportRecord,
  exportPageSchema,
  jobSchema,
  sourceSchema,
} from '@cutroom/contracts'
import { deliver } from '../domain/deliver.ts'
import type { Delivery } from '../domain/make.ts'
import { cuesUntil } from '../domain/render/content.ts'
import { readTextFile } from '../domain/text-file.ts'
import { type ApiClient, type Call, LAST_CALL_MS } from './api-client.ts'
import { profileIdOf } from './connect.ts'
import type { OpenRequest } from './options.ts'
import { humanBytes } from './output.ts'
import { failureOf, watchJob } from './watch.ts'

/** A finished file that a server made, where the person wants it. */
export interface DownloadedExport {
  readonly file: string
  readonly captions: string | null
  readonly sizeBytes: number
  readonly durationSeconds: number
  readonly integratedLufs: number | null
  readonly truePeakDbtp: number | null
}

interface RemoteOptions {
  readonly profile: string
  readonly json: boolean
  readonly signal: AbortSignal
}

/**
 * The main job on a server: uploads what it needs, has it made and downloads the finished files, also those of a job that failed for other
 * variants. Ctrl-C cancels the job there. What the request leaves open is the profile's on the server.
 */
export async function makeOnServer(
  api: ApiClient,
  request: OpenRequest,
  delivery: Delivery,
  options: RemoteOptions,
): Promise<{ exports: DownloadedExport[]; failure: CutroomError | null }> {
  const { profile, signal, json } = options
  const profileId = await profileIdOf(api, profile)
  const captions = request.captionFile === null ? undefined : await readableCaptions(request.captionFile)
  const upload = uploader(api, profileId, options)
  const videos: string[] = []
  for (const file of request.videos) videos.push(await upload(file))
  const audio = request.recording === null ? undefined : await upload(request.recording)
  const music = request.music === null ? undefined : await upload(request.music)
  const body = {
    videos,
    audio,
    music,
    captions,
    script: request.script ?? undefined,
    voice: request.voiceId,
    captionStyle: request.captionStyle,
    presetId: request.presetId,
    variants: request.variants,
    duration: request.durationSeconds ?? undefined,
    seed: request.seed,
    bestEffort: request.bestEffort,
  }
  const job = await api.call(jobSchema, 'POST', '/one-shot', {
    profileId,
    body,
    signal,
    idempotencyKey: randomUUID(),
  })
  const ended = await watchJob(api, job.id, { profileId, profileName: profile, json, signal }).catch(
    async (thrown: unknown) => {
      // What the person no longer waits for is not made either.
      const last = { profileId, signal: AbortSignal.timeout(LAST_CALL_MS) }
      if (signal.aborted) await api.call(jobSchema, 'POST', `/jobs/${job.id}/cancel`, last)
      throw thrown
    },
  )
  const exports = await download(api, profileId, job.projectId ?? '', delivery, signal)
  return { exports, failure: failureOf(ended) }
}

/** The text of a caption file, in whichever encoding. What cannot be read is refused before anything is uploaded. Throws like `readCaptions`. */
async function readableCaptions(file: string): Promise<string> {
  const { captionText, readCaptions } = await import('@cutroom/media')
  const text = captionText(await readTextFile(file, 'srt'))
  readCaptions(text)
  return text
}

/** Sends a file and says so. */
function uploader(api: ApiClient, profileId: string | undefined, { profile, signal, json }: RemoteOptions) {
  return async (file: string): Promise<string> => {
    const { id, name, sizeBytes } = await api.upload(sourceSchema, '/sources', file, { profileId, signal })
    if (json) process.stdout.write(`${JSON.stringify({ type: 'uploaded', id, name, sizeBytes })}\n`)
    else process.stderr.write(`${profile} · uploaded ${name}: ${humanBytes(sizeBytes)}\n`)
    return id
  }
}

async function download(
  api: ApiClient,
  profileId: string | undefined,
  projectId: string,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<DownloadedExport[]> {
  const query = new URLSearchParams({ projectId, limit: '200' })
  const { items } = await api.call(exportPageSchema, 'GET', `/exports?${query}`, { profileId, signal })
  const folder = await mkdtemp(path.join(tmpdir(), 'cutroom-'))
  try {
    const done: DownloadedExport[] = []
    // The list is newest first; people read their clips from the first to the last.
    for (const item of items.toReversed())
      done.push(await downloadOne(api, profileId, item, folder, delivery, signal))
    return done
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function downloadOne(
  api: ApiClient,
  profileId: string | undefined,
  item: ExportRecord,
  folder: string,
  { folder: target, sidecar }: Delivery,
  signal: AbortSignal,
): Promise<DownloadedExport> {
  const temporary = path.join(folder, `${item.id}.mp4`)
  await api.download(`/exports/${item.id}/file`, temporary, { profileId, signal })
  const file = await deliver(temporary, target, item.name, signal)
  const { sizeBytes, durationSeconds, integratedLufs, truePeakDbtp } = item
  const facts = { file, sizeBytes, durationSeconds, integratedLufs, truePeakDbtp }
  const cues = sidecar === null ? [] : await cuesOf(api, item.clipId, { profileId, signal })
  if (sidecar === null || cues.length === 0) return { ...facts, captions: null }
  const { sidecarText } = await import('../domain/sidecar.ts')
  const written = path.join(folder, `${item.id}.${sidecar}`)
  await writeFile(written, sidecarText(sidecar, cues))
  return { ...facts, captions: await deliver(written, target, path.parse(file).name, signal) }
}

/** The cues that a clip shows; none where it has no captions. */
async function cuesOf(api: ApiClient, clipId: string, call: Call): Promise<Cue[]> {
  const { captions, lengthSeconds } = await api.call(clipSchema, 'GET', `/clips/${clipId}`, call)
  if (captions === null) return []
  const { cues } = await api.call(captionsSchema, 'GET', `/clips/${clipId}/captions`, call)
  return cuesUntil(cues, lengthSeconds)
}
