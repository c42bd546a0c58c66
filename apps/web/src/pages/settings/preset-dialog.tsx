import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import { type Preset, presetsQuery } from '../../data/presets.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { toastDone } from '../../ui/toasts.tsx'
import { useForm } from '../../ui/use-form.ts'
import {
  contentOf,
  draftOf,
  freeId,
  type PresetDraft,
  type PresetField,
  presetFaults,
} from './preset-draft.ts'
import { PresetFields } from './preset-fields.tsx'

/** A new preset that starts from another, or a change of one. */
export interface PresetTask {
  readonly kind: 'copy' | 'edit'
  readonly base: Preset
}

interface PresetDialogProps {
  readonly task: PresetTask | null
  /** Ids of all presets. */
  readonly taken: readonly string[]
  readonly onClose: () => void
}

export function PresetDialog({ task, taken, onClose }: PresetDialogProps) {
  return (
    <Dialog
      open={task !== null}
      onOpenChange={onClose}
      wide
      title={task?.kind === 'edit' ? `Edit ${task.base.name}` : 'New preset'}
      {...(task?.kind === 'edit' && {
        lead: 'Exports that were made with it count as outdated from then on.',
      })}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="preset">
            {task?.kind === 'edit' ? 'Save' : 'Make the preset'}
          </Button>
        </>
      }
    >
      {task && <PresetForm task={task} taken={taken} onSaved={onClose} />}
    </Dialog>
  )
}

interface PresetFormProps {
  readonly task: PresetTask
  readonly taken: readonly string[]
  readonly onSaved: () => void
}

function PresetForm({ task: { kind, base }, taken, onSaved }: PresetFormProps) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<PresetDraft>(() => {
    const start = draftOf(base)
    return kind === 'copy' ? { ...start, name: `${base.name} (copy)` } : start
  })
  const save = () => {
    const content = contentOf(draft, base)
    if (kind === 'copy')
      return ask(api.POST('/presets', { body: { ...content, id: freeId(draft.name, taken) } }))
    return ask(api.PUT('/presets/{presetId}', { params: { path: { presetId: base.id } }, body: content }))
  }
  const form = useForm<PresetField>(['name'], {
    check: () => presetFaults(draft),
    work: async () => {
      const saved = await save()
      const { queryKey } = presetsQuery(api)
      queries.setQueryData(queryKey, (presets) =>
        kind === 'copy'
          ? presets && [...presets, saved]
          : presets?.map((known) => (known.id === saved.id ? saved : known)),
      )
      // Exports made with it, and what clips say of theirs, are outdated now.
      if (kind === 'edit')
        void queries.invalidateQueries({ predicate: ({ queryKey: [noun] }) => noun !== 'presets' })
      toastDone(kind === 'copy' ? `${saved.name} is ready to use.` : `${saved.name} is changed.`)
      onSaved()
    },
  })
  return (
    <form id="preset" ref={form.ref} onSubmit={form.onSubmit} noValidate>
      <PresetFields
        draft={draft}
        set={(name, value) => setDraft((before) => ({ ...before, [name]: value }))}
        wrong={form.wrong}
      />
      {form.error !== null && <ErrorNote error={form.error} className="mt-4" />}
    </form>
  )
}
