import createClient, { type Client, type Middleware } from 'openapi-fetch'
import { ApiError } from './problem.ts'
import type { components, paths } from './schema.d.ts'

/** Things as the API shows them. */
export type Schemas = components['schemas']
export type Api = Client<paths>

const BASE_URL = '/api/v1'

/** A request that is sent once more by a hasty click or a lost answer is still one request. */
const oneRequest: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', randomId())
    return request
  },
}

/** The API as a profile sees it; `null` for what is about no single profile. */
export function createApi(profileId: string | null): Api {
  const api = createClient<paths>({
    baseUrl: BASE_URL,
    ...(profileId !== null && { headers: { 'x-profile-id': profileId } }),
  })
  api.use(oneRequest)
  return api
}

/** 32 random hexadecimal digits. `crypto.randomUUID` is missing where a studio is reached by plain http. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Tells of refusals since the session has ended; what is asked of the session itself says so by its answer. */
export const onSessionEnd = (tell: () => void): Middleware => ({
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && !schemaPath.startsWith('/session')) tell()
  },
})

/** Answers that come once nobody wants them end as a request does that was taken back. */
export const whileWanted = (isWanted: () => boolean): Middleware => {
  const takenBack = () => new DOMException('Nobody waits for this answer any more.', 'AbortError')
  return {
    onResponse() {
      if (!isWanted()) throw takenBack()
    },
    onError: () => (isWanted() ? undefined : takenBack()),
  }
}

interface Answer<T> {
  readonly data?: T
  readonly error?: unknown
  readonly response: Response
}

/** Whether nobody is to be told of a failure: its request was taken back. */
export const isTakenBack = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError'

/** What the API answered; throws an `ApiError` for a problem or where no answer came. */
export async function ask<T>(request: Promise<Answer<T>>): Promise<T> {
  const answer = await request.catch((cause: unknown) => {
    if (isTakenBack(cause)) throw cause
    throw ApiError.unreachable(cause)
  })
  if (!answer.response.ok) throw ApiError.of(answer.error, answer.response)
  return answer.data as T
}

/** The same of a deletion: what is gone already, by an earlier try or another person, is deleted. */
export async function askGone(deletion: Promise<Answer<unknown>>): Promise<void> {
  try {
    await ask(deletion)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error
  }
}

/** The address of a file of a profile, for players, pictures and downloads, which send no headers. `place` starts behind the API's root. */
export function fileUrl(
  profileId: string,
  place: string,
  query: Readonly<Record<string, string | number>> = {},
): string {
  const search = new URLSearchParams({ profileId })
  for (const [name, value] of Object.entries(query)) search.set(name, String(value))
  return `${BASE_URL}${place}?${search}`
}
