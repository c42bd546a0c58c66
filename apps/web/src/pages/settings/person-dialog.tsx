import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { reloadSession, studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toasts.tsx'
import { useForm } from '../../ui/use-form.ts'
import { type Person, peopleQuery } from './people-data.ts'
import { type Role, RoleFields } from './role-fields.tsx'

interface PersonDialogProps {
  readonly person: Person | null
  readonly onClose: () => void
}

/** Changes who somebody is and what they reach. */
export function PersonDialog({ person, onClose }: PersonDialogProps) {
  return (
    <Dialog
      open={person !== null}
      onOpenChange={onClose}
      title={person?.name || person?.email || ''}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="person">
            Save
          </Button>
        </>
      }
    >
      {person && <PersonForm person={person} onSaved={onClose} />}
    </Dialog>
  )
}

function PersonForm({ person, onSaved }: { readonly person: Person; readonly onSaved: () => void }) {
  const { session } = useStudio()
  const queries = useQueryClient()
  const [name, setName] = useState(person.name)
  const [role, setRole] = useState<Role>(person.role)
  const [brands, setBrands] = useState<readonly string[]>(person.profileIds)
  const you = person.id === session.person?.id
  const form = useForm(['name'], {
    work: async () => {
      const body = { name: name.trim(), role, profileIds: role === 'owner' ? [] : [...brands] }
      const changed = await ask(
        studioApi.PATCH('/people/{id}', { params: { path: { id: person.id } }, body }),
      )
      queries.setQueryData(peopleQuery.queryKey, (people) =>
        people?.map((known) => (known.id === changed.id ? changed : known)),
      )
      toastDone(`${changed.name || changed.email} is changed.`)
      onSaved()
      if (you) await reloadSession()
    },
  })
  return (
    <form id="person" ref={form.ref} onSubmit={form.onSubmit} noValidate className="space-y-5">
      <TextField
        label="Name"
        maxLength={100}
        value={name}
        onChange={({ target }) => setName(target.value)}
        error={form.wrong.name}
      />
      <RoleFields role={role} onRole={setRole} brands={brands} onBrands={setBrands} />
      {person.role === 'owner' && role === 'member' && (
        <p className="text-soft">
          {you
            ? 'You will not be able to open this page any more, and keys that you made stop working.'
            : 'Keys that they made as an owner stop working.'}
        </p>
      )}
      {form.error !== null && <ErrorNote error={form.error} />}
    </form>
  )
}
