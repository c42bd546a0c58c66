import type { components } from './schema.d.ts'

export type Problem = components['schemas']['Problem']

/** Codes of what goes wrong on the way to the server, beside those of the server. */
type OwnCode = 'unreachable' | 'unloaded' | 'no-sense'

/** What a proxy answers by itself while Cutroom behind it does not. */
const GATEWAYS_SAY: ReadonlySet<number> = new Set([502, 503, 504])

/** What the API refused, in words for people: `message` says what happened, `remedy` what to do. */
export class ApiError extends Error {
  readonly code: Problem['code'] | OwnCode
  readonly status: number
  readonly remedy: string
  readonly problem: Problem | null

  private constructor(
    told: Pick<Problem, 'detail' | 'remedy' | 'status'> & { code: Problem['code'] | OwnCode },
    problem: Problem | null,
    options?: ErrorOptions,
  ) {
    super(told.detail, options)
    this.name = 'ApiError'
    this.code = told.code
    this.status = told.status
    this.remedy = told.remedy
    this.problem = problem
  }

  /** Whether the same request may succeed a little later: no connection, too many requests, a server that restarts. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }

  /** How long the server asked to wait, milliseconds; 0 where it did not. */
  get waitMs(): number {
    const seconds = this.problem?.details?.retryAfterSeconds
    return typeof seconds === 'number' ? seconds * 1000 : 0
  }

  static of(body: unknown, response: Response): ApiError {
    if (isProblem(body)) return new ApiError(body, body)
    if (GATEWAYS_SAY.has(response.status)) return ApiError.unreachable(undefined, response.status)
    const detail = `The server answered with ${response.status}, and did not say why.`
    return new ApiError({ code: 'no-sense', status: response.status, detail, remedy: 'Try again.' }, null)
  }

  static ofProblem(problem: Problem): ApiError {
    return new ApiError(problem, problem)
  }

  static unreachable(cause: unknown, status = 0): ApiError {
    const detail = 'The server cannot be reached.'
    const remedy = 'Check that Cutroom runs and that this machine has a connection to it, then try again.'
    return new ApiError({ code: 'unreachable', status, detail, remedy }, null, { cause })
  }

  /** A script that a page asked for did not come. Browsers do not ask for it again before the page is loaded anew. */
  static unloaded(cause: unknown): ApiError {
    const detail = 'A part of the studio could not be loaded.'
    const remedy = 'Check the connection to Cutroom, then reload the page.'
    return new ApiError({ code: 'unloaded', status: 0, detail, remedy }, null, { cause })
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'remedy' in body

/** Any failure in words for people. */
export function inWords(error: unknown): { readonly message: string; readonly remedy: string } {
  if (error instanceof ApiError) return error
  return { message: 'Something went wrong in this page.', remedy: 'Reload the page and try again.' }
}
