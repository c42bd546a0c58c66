import { FolderPlus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Source } from '../../data/sources.ts'
import { ActionBar } from '../../ui/action-bar.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { DeleteSources } from './source-actions.tsx'
import { isUsable } from './source-words.ts'
import { UseInProject } from './use-in-project.tsx'

/** What can be done with the sources that are selected. */
export function SelectionBar({
  sources,
  onClear,
}: {
  readonly sources: readonly Source[]
  readonly onClear: () => void
}) {
  const [open, setOpen] = useState<'project' | 'delete' | null>(null)
  const usable = sources.filter(isUsable)
  return (
    <>
      <ActionBar
        label="Selection"
        count={sources.length}
        state="selected"
        clear={{ label: 'Select nothing', onClick: onClear }}
      >
        <IconButton
          label="Delete…"
          icon={<Trash2 className="size-4" />}
          className="hover:text-bad"
          onClick={() => setOpen('delete')}
        />
        <Button
          look="primary"
          icon={<FolderPlus className="size-4" />}
          disabled={usable.length === 0}
          onClick={() => setOpen('project')}
        >
          Use in a project…
        </Button>
      </ActionBar>
      {open === 'project' && <UseInProject sources={usable} onClose={() => setOpen(null)} />}
      {open === 'delete' && (
        <DeleteSources sources={sources} onClose={() => setOpen(null)} onDeleted={onClear} />
      )}
    </>
  )
}
