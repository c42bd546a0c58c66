import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { reloadSession, studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone, toastFailed } from '../../ui/toasts.tsx'
import { useForm } from '../../ui/use-form.ts'
import { Section } from './section.tsx'

/** Whether the brand is the one that opens first, and its deletion. */
export function BrandEnd() {
  const { profile, session } = useStudio()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const makeDefault = async () => {
    setBusy(true)
    try {
      await ask(studioApi.POST('/profiles/{id}/default', { params: { path: { id: profile.id } } }))
      await reloadSession()
      toastDone(`${profile.name} is the default brand.`)
    } catch (error) {
      toastFailed(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Section
        title="Default brand"
        lead="It opens first for who comes anew, and programs work on it where they name none."
        actions={
          profile.isDefault ? (
            <Badge tone="good">This is the default</Badge>
          ) : (
            <Button onClick={makeDefault} busy={busy}>
              Make it the default
            </Button>
          )
        }
      />
      <Section
        title="Delete this brand"
        lead={
          profile.isDefault
            ? session.profiles.length === 1
              ? 'It is the only brand, and a studio has at least one.'
              : 'The default brand cannot be deleted. Make another one the default first.'
            : 'Its footage, projects, clips, voices and exports go with it, for good.'
        }
        actions={
          <Button look="danger" disabled={profile.isDefault} onClick={() => setAsking(true)}>
            Delete…
          </Button>
        }
      />
      <DeleteBrand open={asking} onOpenChange={setAsking} />
    </>
  )
}

interface DeleteBrandProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

function DeleteBrand({ open, onOpenChange }: DeleteBrandProps) {
  const { profile } = useStudio()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${profile.name}?`}
      lead="This cannot be undone."
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="danger" type="submit" form="delete-brand">
            Delete the brand
          </Button>
        </>
      }
    >
      <DeleteForm />
    </Dialog>
  )
}

function DeleteForm() {
  const { profile } = useStudio()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const form = useForm(['name'], {
    check: () => ({
      name: typed.trim() === profile.name ? undefined : `Type ${profile.name}, as it is written here.`,
    }),
    work: async () => {
      await ask(studioApi.DELETE('/profiles/{id}', { params: { path: { id: profile.id } } }))
      // First away from what is gone, so that nobody sees it missing.
      await navigate({ to: '/', replace: true, reloadDocument: true })
    },
  })
  return (
    <form id="delete-brand" ref={form.ref} onSubmit={form.onSubmit} noValidate className="space-y-4">
      <ul className="list-disc space-y-1 pl-5 text-soft">
        <li>All of its sources, segments, projects and clips, with every export and voice.</li>
        <li>Its presets and limits, and what keys and people reach of it.</li>
        <li>Jobs that run or wait are cancelled.</li>
        <li>Other brands keep everything that is theirs.</li>
      </ul>
      <TextField
        label={`Type the name of the brand to confirm: ${profile.name}`}
        autoComplete="off"
        autoFocus
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        error={form.wrong.name}
      />
      {form.error !== null && <ErrorNote error={form.error} />}
    </form>
  )
}
