import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { useWork } from '../../ui/use-work.ts'

interface TidyDialogProps<R> {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  /** The verb of the button. */
  readonly action: string
  /** Says what would be removed, or removes it. */
  readonly run: (dryRun: boolean) => Promise<R>
  readonly isEmpty: (report: R) => boolean
  readonly report: (report: R, done: boolean) => ReactNode
  readonly onDone: () => void
}

/** Shows what would be removed, then what was. */
export function TidyDialog<R>(props: TidyDialogProps<R>) {
  const { open, onClose, title, action, run, isEmpty, report, onDone } = props
  const [state, setState] = useState<{ readonly report: R; readonly done: boolean } | null>(null)
  const { busy, error, run: start } = useWork()
  const look = async (dryRun: boolean) =>
    start(async () => {
      setState({ report: await run(dryRun), done: !dryRun })
      if (!dryRun) onDone()
    })
  const looking = useRef(look)
  looking.current = look
  useEffect(() => {
    if (!open) return
    setState(null)
    void looking.current(true)
  }, [open])
  const canRemove = state !== null && !state.done && !isEmpty(state.report)
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={title}
      actions={
        canRemove ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="danger" busy={busy} onClick={() => look(false)}>
              {action}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>Close</Button>
        )
      }
    >
      <div aria-live="polite">
        {state !== null && report(state.report, state.done)}
        {state === null && error === null && (
          <Loading what="Looking what can be removed">
            <Skeleton className="h-5 w-64" />
            <Skeleton className="mt-2 h-5 w-48" />
          </Loading>
        )}
      </div>
      {error !== null && (
        <ErrorNote error={error} className="mt-3" {...(state === null && { onRetry: () => look(true) })} />
      )}
    </Dialog>
  )
}
