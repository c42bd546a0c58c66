import { FolderPlus, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import type { Source } from '../../data/sources.ts'
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
    <section
      aria-label="Selection"
      className="fixed inset-x-3 bottom-[calc(64px+env(safe-area-inset-bottom))] z-30 flex items-center gap-2 rounded-xl border border-line bg-surface py-2 pr-2 pl-4 shadow-xl md:inset-x-auto md:right-6 md:bottom-4"
    >
      <p className="grow pr-2 font-medium whitespace-nowrap" role="status">
        {sources.length} selected
      </p>
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
      <IconButton label="Select nothing" icon={<X className="size-4" />} onClick={onClear} />
      {open === 'project' && <UseInProject sources={usable} onClose={() => setOpen(null)} />}
      {open === 'delete' && (
        <DeleteSources sources={sources} onClose={() => setOpen(null)} onDeleted={onClear} />
      )}
    </section>
  )
}
