import { createWriteStream, openAsBlob } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CutroomError, errnoOf, errorOfProblem, problemSchema } from '@cutroom/contracts'
import type { z } from 'zod'

/** Where a server is, its address without a slash at the end, and who asks: a program by its key, or a person by the cookie of their session. */
export type ServerAddress = { readonly url: string } & (
  | { readonly key: string }
  | { readonly cookie: string }
)

export interface Call {
  /** Profile that it is about; the caller's default where missing. */
  readonly profileId?: string | undefined
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
  /** The same key twice is one request: for those that cost something. */
  readonly idempotencyKey?: string
}

/** The API of a server. Every failure is a CutroomError with the code, words and remedy of the server. */
export interface ApiClient {
  /** Sends JSON and reads JSON, or text where the answer is that. */
  call<T>(answer: z.ZodType<T>, method: string, path: string, call?: Call): Promise<T>
  /** Sends a file from disk as multipart. */
  upload<T>(answer: z.ZodType<T>, path: string, file: string, call?: Call): Promise<T>
  /** Writes a file of the server's to a path that does not exist yet. */
  download(path: string, file: string, call?: Call): Promise<void>
}

/** Throws why a call of a server broke off: `server-unreachable`, or what its signal ended with. */
const brokenOff =
  (url: string, signal: AbortSignal | null | undefined) =>
  (error: unknown): never => {
    throw signal?.aborted ? signal.reason : unreachable(url, error)
  }

/** Sends a request; throws what the server refuses it with, `server-unreachable`, or why it was broken off. */
async function reach(url: string, place: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`${url}/api/v1${place}`, init).catch(brokenOff(url, init.signal))
  if (!response.ok) throw await problemOfAnswer(response)
  return response
}

/** How long a call may take that tidies up after Ctrl-C. */
export const LAST_CALL_MS = 5000

/** `ending`: ends the calls that have no signal of their own. */
export function apiClient(address: ServerAddress, ending?: AbortSignal): ApiClient {
  // A session is believed only where a request says that no other site sends it.
  const caller =
    'key' in address
      ? { authorization: `Bearer ${address.key}` }
      : { cookie: address.cookie, origin: new URL(address.url).origin }

  async function send(method: string, place: string, init: RequestInit, call: Call): Promise<Response> {
    const headers = new Headers(init.headers)
    for (const [name, value] of Object.entries(caller)) headers.set(name, value)
    if (call.profileId !== undefined) headers.set('x-profile-id', call.profileId)
    if (call.idempotencyKey !== undefined) headers.set('idempotency-key', call.idempotencyKey)
    return reach(address.url, place, { ...init, method, headers, signal: call.signal ?? ending ?? null })
  }

  return {
    async call(answer, method, place, call = {}) {
      const init =
        call.body === undefined
          ? {}
          : { body: JSON.stringify(call.body), headers: { 'content-type': 'application/json' } }
      const response = await send(method, place, init, call)
      if (response.status === 204) return answer.parse(undefined)
      const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
      // A server may go in the middle of its answer.
      const text = await response.text().catch(brokenOff(address.url, call.signal ?? ending))
      return answer.parse(isJson ? JSON.parse(text) : text)
    },
    async upload(answer, place, file, call = {}) {
      const form = new FormData()
      // A file that lies on disk: it is read while it is sent.
      const blob = await openAsBlob(file).catch((error: unknown) => {
        throw new CutroomError('file-missing', `There is no file ${file} that can be read.`, { cause: error })
      })
      form.append('file', blob, path.basename(file))
      const response = await send('POST', place, { body: form }, call)
      return answer.parse(await response.json())
    },
    async download(place, file, call = {}) {
      const response = await send('GET', place, {}, call)
      const body = response.body ?? new ReadableStream()
      await pipeline(Readable.fromWeb(body), createWriteStream(file, { flags: 'wx' }))
    },
  }
}

/** Signs a person in; returns the cookie of their session. Throws `unauthenticated`, `rate-limited`, `server-unreachable`. */
export async function signIn(
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
  signal: AbortSignal,
): Promise<string> {
  const response = await reach(url, '/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
    signal,
  })
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** What a server's refusal says. */
async function problemOfAnswer(response: Response): Promise<CutroomError> {
  const text = await response.text()
  const parsed = problemSchema.safeParse(jsonOf(text))
  if (!parsed.success)
    return new CutroomError(
      'server-unreachable',
      `The server answered ${response.status} without a problem that can be read.`,
      {
        remedy: 'Check that the address is that of a Cutroom server and that no proxy stands in between.',
        toolOutput: text.slice(0, 2000),
      },
    )
  return errorOfProblem(parsed.data)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function unreachable(url: string, error: unknown): CutroomError {
  const reason = error instanceof Error ? (errnoOf(error.cause) ?? error.message) : String(error)
  return new CutroomError('server-unreachable', `The server ${url} cannot be reached (${reason}).`, {
    cause: error,
  })
}
