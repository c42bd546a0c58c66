import { RotateCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import type { Export } from '../../data/exports.ts'
import type { Preset } from '../../data/presets.ts'
import { formatBytes } from '../../format.ts'
import { ActionBar } from '../../ui/action-bar.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { toastFailed } from '../../ui/toasts.tsx'
import { canExportAgain } from './changed-words.ts'
import { DownloadAll } from './download-all.tsx'
import { replacedIn } from './newest.ts'
import { type Ordered, useOrder } from './order.ts'
import { UnderWay } from './under-way.tsx'
import { useClips } from './use-clips.ts'

interface ChosenBarProps {
  readonly exports: readonly Export[]
  readonly presets: readonly Preset[] | undefined
  readonly onDelete: () => void
  readonly onClear: () => void
}

/** What can be done with all chosen exports. */
export function ChosenBar({ exports, presets, onDelete, onClear }: ChosenBarProps) {
  const { api } = useStudio()
  const [ordered, setOrdered] = useState<readonly Ordered[] | null>(null)
  const order = useOrder(api)
  const replaced = replacedIn(exports)
  const outdated = exports.filter(
    (made) => made.stale && !replaced.has(made.id) && canExportAgain(made, presets),
  )
  const bytes = exports.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const again = () => order.mutate(outdated, { onSuccess: setOrdered, onError: toastFailed })
  return (
    <>
      <ActionBar
        label="Chosen exports"
        count={exports.length}
        state="chosen"
        note={formatBytes(bytes)}
        clear={{ label: 'Choose none', onClick: onClear }}
      >
        {outdated.length > 0 && (
          <Button
            look="quiet"
            icon={<RotateCw className="size-4" aria-hidden />}
            busy={order.isPending}
            onClick={again}
            className="max-sm:hidden"
          >
            Export {outdated.length} again
          </Button>
        )}
        <IconButton label="Delete…" icon={<Trash2 className="size-4" />} onClick={onDelete} />
        <DownloadAll ids={exports.map(({ id }) => id)} zip="Download zip" />
      </ActionBar>
      {ordered !== null && <MadeAgain ordered={ordered} onClose={() => setOrdered(null)} />}
    </>
  )
}

function MadeAgain({
  ordered,
  onClose,
}: {
  readonly ordered: readonly Ordered[]
  readonly onClose: () => void
}) {
  const { clips } = useClips([...new Set(ordered.map(({ clipId }) => clipId))])
  return <UnderWay onOpenChange={onClose} ordered={ordered} clips={clips} />
}
