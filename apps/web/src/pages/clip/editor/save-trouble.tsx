import { useBlocker } from '@tanstack/react-router'
import { GitMerge } from 'lucide-react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { namesOf } from './content.ts'
import type { Conflict } from './draft.ts'
import type { ClipEdits } from './edits.ts'

/** What keeps edits from being saved, and the ways out. */
export function SaveTrouble({ edits }: { readonly edits: ClipEdits }) {
  const { status, error, conflict } = edits
  return (
    <>
      {conflict !== null && <ConflictNote conflict={conflict} resolve={edits.resolve} />}
      {status === 'failed' && (
        <ErrorNote error={error} className="rounded-none">
          <Button size="small" onClick={edits.retry}>
            Save again
          </Button>
          {edits.canUndo && (
            <Button size="small" onClick={edits.undo}>
              Undo the last edit
            </Button>
          )}
        </ErrorNote>
      )}
      <LeaveQuestion isUnsafe={status === 'failed' || conflict !== null} />
    </>
  )
}

function ConflictNote({
  conflict,
  resolve,
}: {
  readonly conflict: Conflict
  readonly resolve: ClipEdits['resolve']
}) {
  const parts = namesOf(conflict.parts)
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-4 gap-y-2 bg-warn-wash px-4 py-2.5">
      <GitMerge className="size-4 shrink-0 text-warn max-sm:hidden" aria-hidden />
      <p className="min-w-0 grow basis-64">
        <span className="font-medium">Somebody else, or another tab, changed the {parts} too.</span>{' '}
        <span className="text-soft">Choose which to go on with. Undo brings the other one back.</span>
      </p>
      <div className="flex gap-2">
        <Button size="small" onClick={() => resolve('theirs')}>
          Take theirs
        </Button>
        <Button size="small" onClick={() => resolve('mine')}>
          Keep mine
        </Button>
      </div>
    </div>
  )
}

/** Asks before one leaves with edits that cannot be saved now. What is only on its way is saved meanwhile. */
function LeaveQuestion({ isUnsafe }: { readonly isUnsafe: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isUnsafe && current.pathname !== next.pathname,
    enableBeforeUnload: false,
    withResolver: true,
  })
  return (
    <Dialog
      open={blocker.status === 'blocked'}
      onOpenChange={(open) => !open && blocker.reset?.()}
      title="Leave with unsaved edits?"
      actions={
        <>
          <Button onClick={() => blocker.reset?.()}>Stay here</Button>
          <Button look="danger" onClick={() => blocker.proceed?.()}>
            Leave
          </Button>
        </>
      }
    >
      <p className="text-soft">
        Your last edits of this clip are not saved. This tab keeps them, and saves them when you come back to
        the clip.
      </p>
    </Dialog>
  )
}
