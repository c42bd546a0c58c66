import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import { putThing } from '../../data/live.ts'
import { projectSegmentsQuery } from '../../data/project-segments.ts'
import type { Project } from '../../data/projects.ts'
import type { Segment } from '../../data/segments.ts'
import { type Source, sourceQuery } from '../../data/sources.ts'
import { count, formatClock } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useWork } from '../../ui/use-work.ts'
import { OrderedList } from './ordered-list.tsx'
import { SegmentPicker } from './segment-picker.tsx'
import { FootageRow, SegmentRow } from './segment-row.tsx'
import { SourcePicker } from './source-picker.tsx'

interface FootageDialogProps {
  readonly project: Project
  readonly onClose: () => void
}

/** The sources and segments of a project: which, and in which order. */
export function FootageDialog({ project, onClose }: FootageDialogProps) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const known = useQuery(projectSegmentsQuery(api, project.id))
  const [sourceIds, setSourceIds] = useState<readonly string[]>(project.sourceIds)
  const [changedSegments, setSegments] = useState<readonly Segment[] | null>(null)
  const segments = changedSegments ?? known.data?.items ?? []
  const [tab, setTab] = useState('sources')
  const { busy, error, run } = useWork()
  const answers = useQueries({ queries: sourceIds.map((id) => sourceQuery(api, id)) })
  const sources = new Map<string, Source>(answers.flatMap(({ data }) => (data ? [[data.id, data]] : [])))
  const shownSources = sourceIds.map((id) => ({ id, source: sources.get(id) }))

  const save = async () =>
    run(async () => {
      const params = { path: { id: project.id } }
      let saved = await ask(
        api.PUT('/projects/{id}/sources', { params, body: { sourceIds: [...sourceIds] } }),
      )
      if (changedSegments !== null) {
        const body = { segmentIds: segments.map(({ id }) => id) }
        saved = await ask(api.PUT('/projects/{id}/segments', { params, body }))
        await queries.invalidateQueries({ queryKey: projectSegmentsQuery(api, project.id).queryKey })
      }
      queries.setQueryData(['project', project.id], saved)
      putThing(queries, 'project', saved)
      onClose()
    })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Footage"
      lead="A clip opens with its best moment and goes on in this order."
      wide
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={busy} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      {error !== null && <ErrorNote error={error} className="mb-3" />}
      <Tabs
        label="Kind of footage"
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'sources',
            label: `Sources (${sourceIds.length})`,
            content: (
              <div className="grid gap-5 md:grid-cols-2">
                <section>
                  <h3 className="mb-2 font-medium">In this project</h3>
                  {sourceIds.length === 0 && <p className="text-soft">None yet. Choose some.</p>}
                  <OrderedList
                    label="Sources of the project"
                    onChange={setSourceIds}
                    items={shownSources.map(({ id, source }) => ({
                      id,
                      name: source?.name ?? 'the source',
                      content: (
                        <FootageRow
                          source={source}
                          name={source?.name ?? '…'}
                          note={formatClock(source?.summary?.durationSeconds ?? 0)}
                        />
                      ),
                    }))}
                  />
                </section>
                <section>
                  <h3 className="mb-2 font-medium">Choose</h3>
                  <SourcePicker chosen={sourceIds} onChange={setSourceIds} />
                </section>
              </div>
            ),
          },
          {
            value: 'segments',
            label: `Segments (${segments.length})`,
            content: (
              <div className="grid gap-5 md:grid-cols-2">
                <section>
                  <h3 className="mb-2 font-medium">In this project</h3>
                  {segments.length === 0 && (
                    <p className="text-soft">
                      None. Variants can be made of chosen moments alone instead of whole sources.
                    </p>
                  )}
                  <OrderedList
                    label="Segments of the project"
                    onChange={(ids) =>
                      setSegments(ids.flatMap((id) => segments.find((segment) => segment.id === id) ?? []))
                    }
                    items={segments.map((segment) => ({
                      id: segment.id,
                      name: segment.name || 'the segment',
                      content: <SegmentRow segment={segment} />,
                    }))}
                  />
                </section>
                <section>
                  <h3 className="mb-2 font-medium">Choose</h3>
                  <SegmentPicker chosen={segments} onChange={setSegments} />
                </section>
              </div>
            ),
          },
        ]}
      />
      <p className="sr-only" aria-live="polite">
        {count(sourceIds.length, 'source')}, {count(segments.length, 'segment')}
      </p>
    </Dialog>
  )
}
