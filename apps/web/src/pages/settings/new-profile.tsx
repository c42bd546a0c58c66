import { type FormEvent, useState } from 'react'
import { ask, type Schemas } from '../../api/client.ts'
import { reloadSession, studioApi } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'

interface NewProfileProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onMade: (profile: Schemas['Profile']) => void
}

/** Makes a brand. */
export function NewProfile({ open, onOpenChange, onMade }: NewProfileProps) {
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setError(null)
    try {
      const body = { name: String(form.get('name')), colour: String(form.get('colour')) }
      const profile = await ask(studioApi.POST('/profiles', { body }))
      await reloadSession()
      onOpenChange(false)
      onMade(profile)
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New brand"
      lead="It gets a library, clips and limits of its own. Nothing is shared with your other brands."
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="primary" type="submit" form="new-profile" busy={busy}>
            Make the brand
          </Button>
        </>
      }
    >
      <form id="new-profile" onSubmit={submit} className="space-y-4">
        <TextField label="Name" name="name" required maxLength={64} autoFocus />
        <TextField label="Colour" name="colour" type="color" defaultValue="#2b55e0" className="w-24" />
        {error !== null && <ErrorNote error={error} />}
      </form>
    </Dialog>
  )
}
