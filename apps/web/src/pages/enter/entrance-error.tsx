import { ApiError } from '../../api/problem.ts'
import { formatWait } from '../../format.ts'
import { ErrorNote } from '../../ui/error-note.tsx'

const clock = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' })

/** Why somebody was not let in; after too many attempts, when they may try again. */
export function EntranceError({ error }: { readonly error: unknown }) {
  const seconds = retryAfter(error)
  if (seconds === null) return <ErrorNote error={error} />
  const moment = clock.format(new Date(Date.now() + seconds * 1000))
  return (
    <ErrorNote
      error={error}
      words={{
        message: 'Too many attempts.',
        remedy: `You can try again in ${formatWait(seconds)}, at ${moment}.`,
      }}
    />
  )
}

/** Seconds. */
function retryAfter(error: unknown): number | null {
  if (!(error instanceof ApiError) || error.code !== 'rate-limited') return null
  const seconds = error.problem?.details?.retryAfterSeconds
  return typeof seconds === 'number' ? seconds : null
}
