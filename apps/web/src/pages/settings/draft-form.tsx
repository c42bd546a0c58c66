import { useBlocker } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import type { useForm } from '../../ui/use-form.ts'

interface DraftFormProps {
  readonly draft: { readonly dirty: boolean; readonly reset: () => void }
  readonly form: ReturnType<typeof useForm>
  readonly children: ReactNode
}

/** Fields whose changes are saved together. Asks before the page is left with changes. */
export function DraftForm({ draft: { dirty, reset }, form, children }: DraftFormProps) {
  const { busy, error } = form
  return (
    <form ref={form.ref} onSubmit={form.onSubmit} noValidate>
      {children}
      {error !== null && <ErrorNote error={error} className="mt-4" />}
      <div className="mt-5 flex min-h-9 flex-wrap items-center justify-end gap-2 border-t border-line pt-4">
        <SavedOrNot dirty={dirty} busy={busy} />
        {dirty && (
          <Button
            onClick={() => {
              reset()
              form.forget()
            }}
            disabled={busy}
          >
            Discard
          </Button>
        )}
        <Button look="primary" type="submit" busy={busy} disabled={!dirty}>
          Save
        </Button>
      </div>
      <LeaveGuard dirty={dirty} />
    </form>
  )
}

function SavedOrNot({ dirty, busy }: { readonly dirty: boolean; readonly busy: boolean }) {
  const [touched, setTouched] = useState(false)
  useEffect(() => {
    if (dirty) setTouched(true)
  }, [dirty])
  return (
    <p role="status" className="mr-auto flex items-center gap-1.5 text-[13px] text-soft">
      {dirty && !busy && 'Unsaved changes'}
      {!dirty && touched && (
        <>
          <Check className="size-4 text-good" aria-hidden />
          Up to date
        </>
      )}
    </p>
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
