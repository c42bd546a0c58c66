import { useRef } from 'react'
import type { Schemas } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useForm } from '../../ui/use-form.ts'
import { brandNameFault, rewordBrand, saveBrand, useBrandDraft } from './brand-draft.ts'
import { BrandFields } from './brand-fields.tsx'

interface NewProfileProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onMade: (profile: Schemas['Profile']) => void
}

/** Makes a brand. */
export function NewProfile({ open, onOpenChange, onMade }: NewProfileProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New brand"
      lead="It gets a library, clips and limits of its own. Nothing is shared with your other brands."
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="primary" type="submit" form="new-brand">
            Make the brand
          </Button>
        </>
      }
    >
      <NewBrandForm
        onMade={(profile) => {
          onOpenChange(false)
          onMade(profile)
        }}
      />
    </Dialog>
  )
}

/** Apart from its dialog, so that it starts empty each time that the dialog opens. */
function NewBrandForm({ onMade }: Pick<NewProfileProps, 'onMade'>) {
  const draft = useBrandDraft(null)
  // Where its picture was refused, the next try is about the same brand.
  const made = useRef<Schemas['Profile'] | null>(null)
  const form = useForm(['name'], {
    check: () => ({ name: brandNameFault(draft.name) }),
    work: async () =>
      onMade(
        await saveBrand(draft, made.current, (profile) => {
          made.current = profile
        }),
      ),
    reword: rewordBrand,
  })
  return (
    <form id="new-brand" ref={form.ref} onSubmit={form.onSubmit} noValidate>
      <BrandFields draft={draft} nameError={form.wrong.name} />
      {form.error !== null && <ErrorNote error={form.error} className="mt-4" />}
    </form>
  )
}
