import { useQueryClient } from '@tanstack/react-query'
import { askGone } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import type { Export } from '../../data/exports.ts'
import { putThing } from '../../data/live.ts'
import { count } from '../../format.ts'
import { Confirm } from '../../ui/confirm.tsx'

interface DeleteExportsProps {
  /** None: nothing is asked. */
  readonly exports: readonly Export[]
  readonly onClose: () => void
}

/** Asks before files are deleted. */
export function DeleteExports({ exports, onClose }: DeleteExportsProps) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const [only] = exports
  const what = exports.length === 1 && only ? only.name : count(exports.length, 'export')
  const deleteAll = async () => {
    for (const { id } of exports) {
      await askGone(api.DELETE('/exports/{id}', { params: { path: { id } } }))
      putThing(queries, 'export', { id, deleted: true })
    }
  }
  return (
    <Confirm
      open={exports.length > 0}
      onOpenChange={onClose}
      title={`Delete ${what}?`}
      action="Delete"
      onConfirm={deleteAll}
    >
      {exports.length === 1
        ? 'The file is gone then. Its clip stays'
        : 'The files are gone then. Their clips stay'}
      , and can be exported again.
    </Confirm>
  )
}
