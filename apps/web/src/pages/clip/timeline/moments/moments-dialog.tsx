import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useStudio } from '../../../../app/studio.tsx'
import { projectQuery } from '../../../../data/projects.ts'
import type { Source } from '../../../../data/sources.ts'
import { Switch } from '../../../../ui/check.tsx'
import { Dialog } from '../../../../ui/dialog.tsx'
import { Empty } from '../../../../ui/empty.tsx'
import { ErrorNote } from '../../../../ui/error-note.tsx'
import { SearchField } from '../../../../ui/search-field.tsx'
import { Tabs } from '../../../../ui/tabs.tsx'
import type { Cut } from '../../editor/content.ts'
import { useSources } from '../../editor/use-sources.ts'
import { type Grid, lasting, secondsOf } from '../edit.ts'
import { FreeChoice } from './free-choice.tsx'
import { SourceMoments } from './source-moments.tsx'

interface MomentsDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly projectId: string
  readonly grid: Grid
  /** The cut that is replaced; `null` where one is put in. */
  readonly replaced: Cut | null
  readonly onChoose: (cut: Cut) => void
}

/** Moments of the project's sources to choose from: those that were found and marked, and any other part of a source. */
export function MomentsDialog({
  open,
  onOpenChange,
  projectId,
  grid,
  replaced,
  onChoose,
}: MomentsDialogProps) {
  const { api } = useStudio()
  const project = useQuery({ ...projectQuery(api, projectId), enabled: open })
  const ids = open
    ? [...new Set([...(project.data?.sourceIds ?? []), ...(replaced ? [replaced.sourceId] : [])])]
    : []
  const sources = useSources(ids)
  const shown = ids.flatMap((id) => sources.get(id) ?? []).filter(({ summary }) => summary !== null)
  const [tab, setTab] = useState('moments')
  const [keepsLength, setKeepsLength] = useState(true)
  const length = replaced && secondsOf(replaced)
  const choose = (cut: Cut) => {
    onOpenChange(false)
    onChoose(length !== null && keepsLength ? lasting(cut, length, grid) : cut)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      wide
      title={replaced ? 'Replace the cut' : 'Insert a cut'}
      lead={
        replaced
          ? 'Choose another moment of this project’s sources.'
          : 'Choose a moment; it comes after the cut that is shown now.'
      }
    >
      {project.isError && <ErrorNote error={project.error} />}
      {project.data?.sourceIds.length === 0 && (
        <Empty icon={<Search />} title="This project has no sources">
          Add sources to the project first: their moments are shown here.
        </Empty>
      )}
      <Tabs
        label="Where from"
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'moments',
            label: 'Moments',
            content: (
              <>
                {length !== null && (
                  <div className="mb-3 rounded-lg border border-line px-3 py-2.5">
                    <Switch checked={keepsLength} onChange={setKeepsLength}>
                      Keep the length of the cut, {length.toFixed(1)} s
                    </Switch>
                  </div>
                )}
                <Moments sources={shown} onChoose={choose} />
              </>
            ),
          },
          {
            value: 'free',
            label: 'Any part of a source',
            content: (
              <FreeChoice
                sources={shown}
                first={replaced}
                seconds={length}
                framesPerSecond={grid.framesPerSecond}
                action={replaced ? 'Replace' : 'Insert'}
                onChoose={(cut) => {
                  onOpenChange(false)
                  onChoose(cut)
                }}
              />
            ),
          },
        ]}
      />
    </Dialog>
  )
}

function Moments({
  sources,
  onChoose,
}: {
  readonly sources: readonly Source[]
  readonly onChoose: (cut: Cut) => void
}) {
  const [search, setSearch] = useState('')
  return (
    <div className="space-y-5">
      <SearchField
        label="Search moments"
        placeholder="Search by name, keyword or source"
        value={search}
        onChange={setSearch}
      />
      {sources.map((source) => (
        <SourceMoments key={source.id} source={source} search={search} onChoose={onChoose} />
      ))}
    </div>
  )
}
