import { useQuery } from '@tanstack/react-query'
import { useStudio } from '../../app/studio.tsx'
import { exportQuery } from '../../data/exports.ts'
import type { Preset } from '../../data/presets.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ExportPlayer } from './export-player.tsx'

interface OpenExportProps {
  readonly id: string
  readonly presets: readonly Preset[] | undefined
  readonly onClose: () => void
}

/** The export that the address names, or why it is not there. */
export function OpenExport({ id, presets, onClose }: OpenExportProps) {
  const { api } = useStudio()
  const { data: made, error } = useQuery(exportQuery(api, id))
  if (made !== undefined) return <ExportPlayer made={made} presets={presets} onClose={onClose} />
  if (error === null) return null
  return (
    <Dialog open onOpenChange={onClose} title="Export">
      <ErrorNote error={error} />
    </Dialog>
  )
}
