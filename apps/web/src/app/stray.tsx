import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { ApiError } from '../api/problem.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { toastFailed } from '../ui/toasts.tsx'

/** Where nothing is, or what belongs to somebody else; within the frame of a brand. */
export const NotFound = () => (
  <Empty
    alone
    icon={<Compass />}
    title="There is nothing here"
    actions={
      <Link to="/" className={buttonClass('primary')}>
        To the studio
      </Link>
    }
  >
    It may have been deleted, or it belongs to another brand.
  </Empty>
)

/** The same where there is no frame. */
export const NotFoundPage = () => (
  <main>
    <NotFound />
  </main>
)

interface CrashProps {
  readonly error: unknown
  readonly reset: () => void
}

const isUnloaded = (error: unknown): boolean => error instanceof ApiError && error.code === 'unloaded'

/** Loads the page anew where the server can be reached: a browser would show nothing of the studio else. */
async function reload(): Promise<void> {
  try {
    await fetch(location.href)
    location.reload()
  } catch (cause) {
    toastFailed(ApiError.unreachable(cause))
  }
}

/** Where a page broke, within the frame of a brand: what leads elsewhere stays. */
export const Crash = ({ error, reset }: CrashProps) => (
  <div className="mx-auto max-w-lg px-4 py-16">
    <h1 className="mb-3 text-[17px] font-semibold">This page could not be shown</h1>
    <ErrorNote error={error} {...(!isUnloaded(error) && { onRetry: reset })}>
      <Button size="small" onClick={() => void reload()}>
        Reload the page
      </Button>
    </ErrorNote>
  </div>
)

/** The same where there is no frame. */
export const CrashPage = (props: CrashProps) => (
  <main>
    <Crash {...props} />
  </main>
)
