import { useQueryClient } from '@tanstack/react-query'
import { Download, FolderPlus, Pencil, RefreshCw, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { ask, askGone } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import type { Source } from '../../data/sources.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { toastFailed } from '../../ui/toasts.tsx'
import { useWork } from '../../ui/use-work.ts'
import { isUsable } from './source-words.ts'
import { UseInProject } from './use-in-project.tsx'

type Open = 'rename' | 'delete' | 'project' | null

/** What can be done with one source. */
export function SourceActions({
  source,
  onDeleted,
}: {
  readonly source: Source
  readonly onDeleted?: () => void
}) {
  const { api, file } = useStudio()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const params = { path: { id: source.id } }
  const canAgain = source.state === 'failed' || (source.state === 'ready' && source.probe?.video)
  return (
    <>
      <Menu trigger={<MoreButton size="small" label={`More about ${source.name}`} />}>
        {isUsable(source) && (
          <MenuItem icon={<FolderPlus className="size-4" />} onSelect={() => setOpen('project')}>
            Use in a project…
          </MenuItem>
        )}
        <MenuItem icon={<Pencil className="size-4" />} onSelect={() => setOpen('rename')}>
          Rename…
        </MenuItem>
        <MenuItem
          icon={<Download className="size-4" />}
          onSelect={() => location.assign(file(`/sources/${source.id}/file`))}
        >
          Download
        </MenuItem>
        {canAgain && (
          <MenuItem
            icon={<RefreshCw className="size-4" />}
            onSelect={() => void ask(api.POST('/sources/{id}/ingest', { params })).catch(toastFailed)}
          >
            Analyse again
          </MenuItem>
        )}
        <MenuLine />
        <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={() => setOpen('delete')}>
          Delete…
        </MenuItem>
      </Menu>
      {open === 'rename' && <Rename source={source} onClose={close} />}
      {open === 'project' && <UseInProject sources={[source]} onClose={close} />}
      {open === 'delete' && <DeleteSources sources={[source]} onClose={close} onDeleted={onDeleted} />}
    </>
  )
}

function Rename({ source, onClose }: { readonly source: Source; readonly onClose: () => void }) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const { busy, error, run } = useWork()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    await run(async () => {
      const params = { path: { id: source.id } }
      const changed = await ask(api.PATCH('/sources/{id}', { params, body: { name } }))
      queries.setQueryData(['source', source.id], (known?: object) => known && { ...known, ...changed })
      void queries.invalidateQueries({ queryKey: ['sources'] })
      onClose()
    })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rename"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="rename-source" busy={busy}>
            Rename
          </Button>
        </>
      }
    >
      <form id="rename-source" onSubmit={submit} className="space-y-3">
        <TextField label="Name" name="name" required maxLength={255} defaultValue={source.name} autoFocus />
        {error !== null && <ErrorNote error={error} />}
      </form>
    </Dialog>
  )
}

interface DeleteSourcesProps {
  readonly sources: readonly Source[]
  readonly onClose: () => void
  readonly onDeleted: (() => void) | undefined
}

/** Deletes those that no clip uses; says which clips use the others. */
export function DeleteSources({ sources, onClose, onDeleted }: DeleteSourcesProps) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const confirm = async () => {
    const requests = sources.map(({ id }) =>
      askGone(api.DELETE('/sources/{id}', { params: { path: { id } } })),
    )
    const outcomes = await Promise.allSettled(requests)
    void queries.invalidateQueries({ queryKey: ['sources'] })
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed) throw failed.reason
    onDeleted?.()
  }
  const [first] = sources
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={sources.length === 1 ? 'Delete this source?' : `Delete ${sources.length} sources?`}
      action="Delete"
      onConfirm={confirm}
    >
      <p className="wrap-anywhere">
        {sources.length === 1 ? <strong className="text-ink">{first?.name}</strong> : 'Their recordings'}
        {sources.length === 1 ? ' and its segments go' : ' and their segments go'}. Finished exports stay. A
        source that clips still use is kept.
      </p>
    </Confirm>
  )
}
