import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useStudio } from '../../app/studio.tsx'
import { clipQuery } from '../../data/clips.ts'
import { projectsQuery } from '../../data/projects.ts'
import { count } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { CheckBox } from '../../ui/check.tsx'
import { Select } from '../../ui/select.tsx'

interface ExportFiltersProps {
  /** Empty for all. */
  readonly projectId: string
  readonly setProjectId: (id: string) => void
  /** Empty for all. */
  readonly clipId: string
  readonly setClipId: (id: string) => void
  readonly onlyOutdated: boolean
  readonly setOnlyOutdated: (only: boolean) => void
  /** Numbers of exports. */
  readonly chosen: number
  readonly all: number
  /** Whether there are no more than those. */
  readonly isWhole: boolean
  readonly onChooseAll: (all: boolean) => void
}

const ALL = 'all'

/** Which exports are shown, and all of them chosen with one click. */
export function ExportFilters(props: ExportFiltersProps) {
  const { projectId, setProjectId, clipId, setClipId, onlyOutdated, setOnlyOutdated } = props
  const { chosen, all, isWhole, onChooseAll } = props
  const { api } = useStudio()
  const { data: projects = [] } = useInfiniteQuery(projectsQuery(api))
  const isBare = all === 0 && projectId === '' && clipId === '' && !onlyOutdated
  if (isBare) return null
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line pb-3">
      {all > 0 && (
        <>
          <CheckBox
            label={chosen === all ? 'Choose none' : 'Choose all that are listed'}
            checked={chosen === all}
            onChange={onChooseAll}
          />
          <span className="ml-1 text-soft tabular-nums">{isWhole ? count(all, 'export') : 'Choose all'}</span>
        </>
      )}
      <div className="ml-auto flex flex-wrap gap-2">
        {clipId !== '' && <OneClip id={clipId} onClear={() => setClipId('')} />}
        {(projects.length > 1 || projectId !== '') && (
          <div className="w-44">
            <Select
              aria-label="Project"
              value={projectId === '' ? ALL : projectId}
              onChange={(value) => setProjectId(value === ALL ? '' : value)}
              choices={[
                { value: ALL, label: 'All projects' },
                ...projects.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </div>
        )}
        <div className="w-36">
          <Select
            aria-label="Which"
            value={onlyOutdated ? 'outdated' : ALL}
            onChange={(value) => setOnlyOutdated(value === 'outdated')}
            choices={[
              { value: ALL, label: 'All exports' },
              { value: 'outdated', label: 'Outdated' },
            ]}
          />
        </div>
      </div>
    </div>
  )
}

function OneClip({ id, onClear }: { readonly id: string; readonly onClear: () => void }) {
  const { api } = useStudio()
  const { data: clip } = useQuery(clipQuery(api, id))
  return (
    <Button icon={<X className="size-4" aria-hidden />} onClick={onClear} className="max-w-60">
      <span className="sr-only">Show those of all clips, not only of </span>
      <span className="truncate">{clip?.name ?? 'One clip'}</span>
    </Button>
  )
}
