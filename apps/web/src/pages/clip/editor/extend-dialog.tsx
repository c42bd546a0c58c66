import { useState } from 'react'
import { ask } from '../../../api/client.ts'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { useWork } from '../../../ui/use-work.ts'
import { lengthOf } from '../timeline/edit.ts'
import type { ClipEdits } from './edits.ts'

interface ExtendDialogProps {
  readonly clip: Clip
  readonly edits: ClipEdits
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Makes a clip longer by some seconds of footage that it does not show yet. */
export function ExtendDialog({ clip, edits, open, onOpenChange }: ExtendDialogProps) {
  const { api } = useStudio()
  const [text, setText] = useState('2')
  const { busy, error, run } = useWork()
  const length = lengthOf(edits.content.timeline)
  const seconds = Number(text.replace(',', '.'))
  const isValid = seconds >= 0.1 && length + seconds <= 600
  const wrong = isValid ? undefined : `Between 0.1 and ${(600 - length).toFixed(0)} seconds.`

  async function extend(): Promise<void> {
    await run(async () => {
      await edits.run(`Make it ${seconds} s longer`, (version) =>
        ask(
          api.POST('/clips/{id}/extend', { params: { path: { id: clip.id } }, body: { version, seconds } }),
        ),
      )
      onOpenChange(false)
    })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Make it longer"
      lead="First by what was trimmed from its cuts, then by moments that it does not show yet."
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="primary" busy={busy} disabled={!isValid} onClick={() => void extend()}>
            Make it longer
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isValid && !busy) void extend()
        }}
      >
        <TextField
          label="Seconds"
          inputMode="decimal"
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={wrong}
          hint={isValid ? `From ${length.toFixed(1)} s to ${(length + seconds).toFixed(1)} s.` : undefined}
          className="max-w-48"
        />
      </form>
      {error !== null && <ErrorNote error={error} className="mt-3" />}
    </Dialog>
  )
}
