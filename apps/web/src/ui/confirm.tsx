import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNote } from './error-note.tsx'
import { useWork } from './use-work.ts'

interface ConfirmProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  /** What will be gone, and what stays. */
  readonly children: React.ReactNode
  /** The verb of the button. */
  readonly action: string
  readonly onConfirm: () => Promise<unknown>
}

/** Asks before something that cannot be undone. Stays open, and says why, where it fails. */
export const Confirm = ({ open, ...rest }: ConfirmProps) => open && <Asked {...rest} />

/** Begins anew with each question: the failure of an earlier one says nothing about this. */
function Asked({ onOpenChange, title, children, action, onConfirm }: Omit<ConfirmProps, 'open'>) {
  const { busy, error, run } = useWork()
  const confirm = () =>
    run(async () => {
      await onConfirm()
      onOpenChange(false)
    })
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={title}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="danger" busy={busy} onClick={confirm}>
            {action}
          </Button>
        </>
      }
    >
      <div className="text-soft">{children}</div>
      {error !== null && <ErrorNote error={error} className="mt-3" />}
    </Dialog>
  )
}
