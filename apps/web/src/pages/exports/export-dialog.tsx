import { useState } from 'react'
import { useStudio } from '../../app/studio.tsx'
import { ChoosePresets } from './choose-presets.tsx'
import { type Ordered, useOrder } from './order.ts'
import { UnderWay } from './under-way.tsx'
import { useClips } from './use-clips.ts'

interface ExportDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly clipIds: readonly string[]
}

/** Many clips for many presets: what will be made, then how far it is, then the files. */
export function ExportDialog({ open, ...rest }: ExportDialogProps) {
  return open && <OpenDialog {...rest} />
}

function OpenDialog({ onOpenChange, clipIds: given }: Omit<ExportDialogProps, 'open'>) {
  const { api } = useStudio()
  // What was chosen when it was opened; a selection behind it may change meanwhile.
  const [clipIds] = useState(given)
  const { clips, isLoading, error } = useClips(clipIds)
  const [ordered, setOrdered] = useState<readonly Ordered[] | null>(null)
  const order = useOrder(api)
  if (ordered !== null) return <UnderWay onOpenChange={onOpenChange} ordered={ordered} clips={clips} />
  return (
    <ChoosePresets
      onOpenChange={onOpenChange}
      clips={clips}
      isLoading={isLoading}
      error={order.error ?? error}
      isBusy={order.isPending}
      onOrder={(pairs) => order.mutate(pairs, { onSuccess: setOrdered })}
    />
  )
}
