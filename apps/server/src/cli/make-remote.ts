import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ExportRecord, exportPageSchema, jobSchema, sourceSchema } from '@cutroom/contracts'
import { z } from 'zod'
import type { ClipRequest } from '../domain/clips.ts'
import { deliver } from '../domain/deliver.ts'
import type { Delivery } from '../domain/make.ts'
import { readTextFile } from '../domain/text-file.ts'
import type { ApiClient } from './api-client.ts'
import { profileIdOf } from './connect.ts'
import { humanBytes } from './output.ts'
import { watchJob } from './watch.ts'

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

/** The main job on a server: uploads what it needs, has it made and downloads the finished files. Ctrl-C cancels the job there. */
export async function makeOnServer(
  api: ApiClient,
  request: ClipRequest,
  delivery: Delivery,
  options: RemoteOptions,
): Promise<DownloadedExport[]> {
  const { profile, signal, json } = options
  const profileId = await profileIdOf(api, profile)
  const upload = uploader(api, profileId, options)
  const videos: string[] = []
  for (const file of request.videos) videos.push(await upload(file))
  const audio = request.recording === null ? undefined : await upload(request.recording)
  const music = request.music === null ? undefined : await upload(request.music)
  const captions =
    request.captionFile === null
      ? undefined
      : (await readTextFile(request.captionFile, 'srt')).toString('utf8')
  const body = {
    videos,
    audio,
    music,
    captions,
    script: request.script ?? undefined,
    voice: request.voiceId,
    captionStyle: request.captionStyle,
    presetId: request.preset.id,
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
  try {
    await watchJob(api, job.id, { profileId, profileName: profile, json, signal })
  } catch (thrown) {
    // What the person no longer waits for is not made either.
    if (signal.aborted) await api.call(jobSchema, 'POST', `/jobs/${job.id}/cancel`, { profileId })
    throw thrown
  }
  return download(api, profileId, job.projectId ?? '', delivery, signal)
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
  if (sidecar === null) return { ...facts, captions: null }
  const text = await api.call(z.string(), 'GET', `/clips/${item.clipId}/captions?format=${sidecar}`, {
    profileId,
    signal,
  })
  if (text === '') return { ...facts, captions: null }
  const written = path.join(folder, `${item.id}.${sidecar}`)
  await writeFile(written, text)
  return { ...facts, captions: await deliver(written, target, path.parse(file).name, signal) }
}
