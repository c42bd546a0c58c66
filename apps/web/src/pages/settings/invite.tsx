import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useForm } from '../../ui/use-form.ts'
import { invitationsQuery } from './people-data.ts'
import { type Role, RoleFields } from './role-fields.tsx'
import { ShownOnce } from './shown-once.tsx'

interface InviteDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Makes a link with which somebody joins, and shows it once. */
export function InviteDialog({ open, onOpenChange }: InviteDialogProps) {
  const [link, setLink] = useState<string | null>(null)
  const change = (now: boolean) => {
    setLink(null)
    onOpenChange(now)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={link === null ? 'Invite somebody' : 'Copy the link now'}
      actions={
        link === null ? (
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button look="primary" type="submit" form="invite">
              Make the link
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={() => change(false)}>
            Done
          </Button>
        )
      }
    >
      {link === null ? (
        <InviteForm onMade={setLink} />
      ) : (
        <ShownOnce label="The link" text={link}>
          It is shown this once. Send it to the person yourself; it works once, within 7 days.
        </ShownOnce>
      )}
    </Dialog>
  )
}

function InviteForm({ onMade }: { readonly onMade: (link: string) => void }) {
  const { profile } = useStudio()
  const queries = useQueryClient()
  const [role, setRole] = useState<Role>('member')
  const [brands, setBrands] = useState<readonly string[]>([profile.id])
  const form = useForm([], {
    work: async () => {
      const body = { role, profileIds: role === 'owner' ? [] : [...brands] }
      const { token } = await ask(studioApi.POST('/people/invitations', { body }))
      void queries.invalidateQueries({ queryKey: invitationsQuery.queryKey })
      onMade(`${location.origin}/invitation#${token}`)
    },
  })
  return (
    <form id="invite" ref={form.ref} onSubmit={form.onSubmit} noValidate className="space-y-5">
      <RoleFields role={role} onRole={setRole} brands={brands} onBrands={setBrands} />
      {form.error !== null && <ErrorNote error={form.error} />}
    </form>
  )
}
