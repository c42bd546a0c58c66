import { CutroomError, type ErrorCode } from '@cutroom/contracts'
import { ERRORS } from '@tus/server'

interface Refusal {
  /** That clients of the protocol act on. */
  readonly status: number
  readonly error: CutroomError
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'not-found',
  409: 'conflict',
  410: 'not-found',
  413: 'body-too-large',
}

/** What an answer of the protocol's library says is wrong with a request; `null` where nothing is, and we have failed. Pure. */
export function refusalOf(status: number, text: string, thrown: unknown): Refusal | null {
  if (thrown === ERRORS.ERR_LOCK_TIMEOUT) {
    const error = new CutroomError('conflict', 'Another request is still writing to the upload.', {
      remedy: 'Ask for its offset in a moment, and go on from there.',
    })
    return { status: 409, error }
  }
  const sentence = `${text.trim().replace(/\.$/, '') || 'The request does not follow the tus protocol'}.`
  // What the library does not have is nothing that the server has failed at: it says which extensions it has.
  if (status === 501) return { status: 400, error: new CutroomError('request-invalid', sentence) }
  if (status >= 500) return null
  return { status, error: new CutroomError(CODE_OF_STATUS[status] ?? 'request-invalid', sentence) }
}
