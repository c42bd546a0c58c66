import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { useForm } from '../../ui/use-form.ts'
import { BrandChoice } from './brand-choice.tsx'
import { OptionList } from './option-list.tsx'
import { keysQuery } from './people-data.ts'
import { ShownOnce } from './shown-once.tsx'

const ACCESS = [
  { value: 'read', label: 'Read only', hint: 'Sees everything, changes nothing.' },
  { value: 'write', label: 'Read and write', hint: 'Uploads, makes clips and exports, deletes.' },
] as const

interface NewKeyDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Makes a key, and shows its secret once. */
export function NewKeyDialog({ open, onOpenChange }: NewKeyDialogProps) {
  const [secret, setSecret] = useState<string | null>(null)
  const change = (now: boolean) => {
    setSecret(null)
    onOpenChange(now)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={secret === null ? 'New API key' : 'Copy the key now'}
      actions={
        secret === null ? (
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button look="primary" type="submit" form="new-key">
              Make the key
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={() => change(false)}>
            Done
          </Button>
        )
      }
    >
      {secret === null ? (
        <KeyForm onMade={setSecret} />
      ) : (
        <ShownOnce label="The key" text={secret}>
          It is shown this once. Programs send it in the header{' '}
          <code className="rounded bg-sunken px-1 text-[13px] text-ink">Authorization: Bearer …</code>; what
          they can do is told at{' '}
          <a
            href="/api/docs"
            target="_blank"
            rel="noreferrer"
            className="rounded font-medium text-accent underline"
          >
            /api/docs
          </a>
          .
        </ShownOnce>
      )}
    </Dialog>
  )
}

function KeyForm({ onMade }: { readonly onMade: (secret: string) => void }) {
  const { profile } = useStudio()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [access, setAccess] = useState<'read' | 'write'>('write')
  const [reach, setReach] = useState<'some' | 'all'>('some')
  const [brands, setBrands] = useState<readonly string[]>([profile.id])
  const form = useForm(['name', 'profileIds'], {
    check: () => ({
      name: name.trim() === '' ? 'Say where the key will be used.' : undefined,
      profileIds: reach === 'some' && brands.length === 0 ? 'Choose at least one brand.' : undefined,
    }),
    work: async () => {
      const body = { name: name.trim(), access, profileIds: reach === 'all' ? null : [...brands] }
      const { secret } = await ask(studioApi.POST('/keys', { body }))
      void queries.invalidateQueries({ queryKey: keysQuery.queryKey })
      onMade(secret)
    },
  })
  return (
    <form id="new-key" ref={form.ref} onSubmit={form.onSubmit} noValidate className="space-y-5">
      <TextField
        label="Name"
        hint="Where it will be used, such as “Upload script”."
        maxLength={100}
        autoFocus
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
        error={form.wrong.name}
      />
      <OptionList label="Access" value={access} onChange={setAccess} options={ACCESS} />
      <OptionList
        label="Brands"
        value={reach}
        onChange={setReach}
        options={[
          { value: 'some', label: 'Only some', hint: 'It cannot tell that there are others.' },
          {
            value: 'all',
            label: 'All brands',
            hint:
              access === 'write'
                ? 'Those to come included. It may also make and delete brands.'
                : 'Those to come included.',
          },
        ]}
      />
      {reach === 'some' && (
        <BrandChoice label="Which brands" value={brands} onChange={setBrands} error={form.wrong.profileIds} />
      )}
      {form.error !== null && <ErrorNote error={form.error} />}
    </form>
  )
}
