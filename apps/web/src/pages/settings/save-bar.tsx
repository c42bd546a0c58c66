import { useBlocker } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

interface SaveBarProps {
  readonly dirty: boolean
  readonly busy: boolean
  readonly onDiscard: () => void
}

/** The end of a form: whether something is not saved yet, and the buttons for it. Asks before the page is left with changes. */
export function SaveBar({ dirty, busy, onDiscard }: SaveBarProps) {
  const [touched, setTouched] = useState(false)
  useEffect(() => {
    if (dirty) setTouched(true)
  }, [dirty])
  return (
    <div className="mt-5 flex min-h-9 flex-wrap items-center justify-end gap-2 border-t border-line pt-4">
      <p role="status" className="mr-auto flex items-center gap-1.5 text-[13px] text-soft">
        {dirty && !busy && 'Unsaved changes'}
        {!dirty && touched && (
          <>
            <Check className="size-4 text-good" aria-hidden />
            Up to date
          </>
        )}
      </p>
      {dirty && (
        <Button onClick={onDiscard} disabled={busy}>
          Discard
        </Button>
      )}
      <Button look="primary" type="submit" busy={busy} disabled={!dirty}>
        Save
      </Button>
      <LeaveGuard dirty={dirty} />
    </div>
  )
}

function LeaveGuard({ dirty }: { readonly dirty: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname,
    enableBeforeUnload: dirty,
    withResolver: true,
  })
  return (
    <Dialog
      open={blocker.status === 'blocked'}
      onOpenChange={() => blocker.reset?.()}
      title="Leave without saving?"
      actions={
        <>
          <Button onClick={() => blocker.reset?.()}>Stay</Button>
          <Button look="danger" onClick={() => blocker.proceed?.()}>
            Discard changes
          </Button>
        </>
      }
    >
      <p className="text-soft">What you changed here is not saved.</p>
    </Dialog>
  )
}
