import type { HttpResponse } from 'tus-js-client'
import { ask, createApi, type Schemas } from '../api/client.ts'
import { ApiError } from '../api/problem.ts'

const PATH = '/api/v1/uploads'
/** One request carries so much: proxies that stand before a server refuse more. */
const REQUEST_BYTES = 64 * 2 ** 20

interface Sending {
  readonly profileId: string
  readonly file: File
  /** The server's id, where the upload was begun. */
  readonly uploadId: string | null
  readonly onBegun: (uploadId: string) => void
  /** All bytes that are on the way or there. */
  readonly onProgress: (sentBytes: number) => void
  readonly onSent: (uploadId: string) => void
  readonly onBroken: (error: BrokenOff) => void
}

/**
 * Why bytes went no further. `lost`: worth another try; `gone`: the server forgot the upload, it begins anew; `unloaded`: another page may send
 * it, this one cannot.
 */
export interface BrokenOff {
  readonly kind: 'lost' | 'gone' | 'refused' | 'unloaded'
  readonly error: ApiError
  /** How long the server asked to wait, milliseconds; 0 where it did not. */
  readonly waitMs: number
}

/** A line that carries nothing for so long is dead, and may not say so for minutes. */
const STALLED_MS = 30_000

type Tus = Pick<typeof import('tus-js-client'), 'Upload' | 'DetailedError'>

/** Sends a file, or what is missing of it, by the tus protocol. The returned function stops it; what has arrived stays. */
export function sendFile(
  { profileId, file, uploadId, onBegun, onProgress, onSent, onBroken }: Sending,
  load: () => Promise<Tus> = () => import('tus-js-client'),
) {
  let stop = () => {}
  let stopped = false
  let watch: ReturnType<typeof setTimeout> | undefined
  const end = () => {
    stopped = true
    clearTimeout(watch)
    stop()
  }
  const broken = (broken: BrokenOff) => {
    if (stopped) return
    end()
    onBroken(broken)
  }
  const moves = () => {
    clearTimeout(watch)
    watch = setTimeout(() => broken(unreachable(new Error('Nothing was sent for a while.'))), STALLED_MS)
  }
  moves()
  const begin = ({ Upload, DetailedError }: Tus) => {
    if (stopped) return
    const upload = new Upload(file, {
      // Never both: a server that is out of order for a moment would be asked for a second upload of the same file.
      ...(uploadId === null
        ? { endpoint: new URL(PATH, location.href).href }
        : { uploadUrl: new URL(`${PATH}/${uploadId}`, location.href).href }),
      headers: { 'x-profile-id': profileId },
      metadata: { filename: file.name },
      chunkSize: REQUEST_BYTES,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => onBegun(idOf(upload.url)),
      onProgress: (sentBytes) => {
        moves()
        onProgress(sentBytes)
      },
      onSuccess: () => {
        clearTimeout(watch)
        onSent(idOf(upload.url))
      },
      onError: (error) => {
        const response = error instanceof DetailedError ? error.originalResponse : null
        broken(response === null ? unreachable(error) : brokenOff(response))
      },
    })
    stop = () => void upload.abort()
    upload.start()
  }
  load().then(begin, (cause: unknown) =>
    broken({ kind: 'unloaded', error: ApiError.unloaded(cause), waitMs: 0 }),
  )
  return end
}

const idOf = (url: string | null): string => url?.split('/').at(-1) ?? ''

/** Refusals that are over by themselves: another request still holds the upload, too many requests, a server that restarts. */
const PASSING = [409, 423, 429, 500, 502, 503, 504]

const unreachable = (cause: unknown): BrokenOff => ({
  ...{ kind: 'lost', error: ApiError.unreachable(cause), waitMs: 0 },
})

/** What an answer that stopped an upload means. */
export function brokenOff(response: Pick<HttpResponse, 'getStatus' | 'getBody' | 'getHeader'>): BrokenOff {
  const status = response.getStatus()
  const error = ApiError.of(parsed(response.getBody()), new Response(null, { status: Math.max(200, status) }))
  // A proxy says it in seconds, or as a date, which is left to the waits of our own.
  const seconds = Number(response.getHeader('Retry-After') ?? 0)
  const waitMs = Math.max(error.waitMs, seconds > 0 ? seconds * 1000 : 0)
  const kind = PASSING.includes(status) ? 'lost' : status === 404 || status === 410 ? 'gone' : 'refused'
  return { kind, error, waitMs }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

const LOOK_MS = 1000

/** What became of an upload whose bytes are all there; `isKnown` where the profile had the same bytes before it began. */
export async function resultOf(profileId: string, uploadId: string) {
  const api = createApi(profileId)
  let upload: Schemas['Upload']
  for (;;) {
    upload = await ask(api.GET('/uploads/{id}', { params: { path: { id: uploadId } } }))
    if (upload.state !== 'finishing') break
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  if (upload.sourceId === null || upload.problem !== null) return { upload, isKnown: false }
  const source = await ask(api.GET('/sources/{id}', { params: { path: { id: upload.sourceId } } }))
  return { upload, isKnown: Date.parse(source.createdAt) < Date.parse(upload.createdAt) }
}

/** How much of an upload is there; `null` where the server forgot it. */
export async function progressOf(profileId: string, uploadId: string): Promise<Schemas['Upload'] | null> {
  try {
    return await ask(createApi(profileId).GET('/uploads/{id}', { params: { path: { id: uploadId } } }))
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** Gives up an upload: its bytes are deleted. Where the server cannot be reached, it forgets them by itself within a day. */
export async function giveUp(profileId: string, uploadId: string): Promise<void> {
  const { Upload } = await import('tus-js-client')
  const url = new URL(`${PATH}/${uploadId}`, location.href).href
  await Upload.terminate(url, { headers: { 'x-profile-id': profileId } }).catch(() => undefined)
}
