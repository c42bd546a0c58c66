import { Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { Button, buttonClass } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { ErrorNote } from '../ui/error-note.tsx'

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

/** Where a page broke. */
export function Crash({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return (
    <main className="mx-auto max-w-lg px-4 py-16">
      <h1 className="mb-3 text-[17px] font-semibold">This page could not be shown</h1>
      <ErrorNote error={error} onRetry={reset}>
        <Button size="small" onClick={() => location.reload()}>
          Reload the page
        </Button>
      </ErrorNote>
    </main>
  )
}
