import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import { projectsQuery } from '../../data/projects.ts'
import type { Segment } from '../../data/segments.ts'
import type { Source } from '../../data/sources.ts'
import { count } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { toastDone } from '../../ui/toasts.tsx'
import { useWork } from '../../ui/use-work.ts'
import { plainName } from './source-words.ts'

const NEW = 'new'

interface UseInProjectProps {
  readonly sources: readonly Source[]
  /** Where given, these go into the project, and their sources with them. */
  readonly segments?: readonly Segment[]
  readonly onClose: () => void
}

/** Puts sources, or segments of them, into a new project or one that there is. */
export function UseInProject({ sources, segments, onClose }: UseInProjectProps) {
  const { api, profile } = useStudio()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { data: projects = [] } = useInfiniteQuery(projectsQuery(api))
  const [projectId, setProjectId] = useState(NEW)
  const { busy, error, run } = useWork()
  const what = segments ? count(segments.length, 'segment') : count(sources.length, 'source')

  const addTo = async (id: string): Promise<string> => {
    const params = { path: { id } }
    const known = await ask(api.GET('/projects/{id}', { params }))
    const sourceIds = [...new Set([...known.sourceIds, ...sources.map((source) => source.id)])]
    if (sourceIds.length > known.sourceIds.length)
      await ask(api.PUT('/projects/{id}/sources', { params, body: { sourceIds } }))
    return id
  }
  const make = async (name: string): Promise<string> => {
    const body = { name, sourceIds: sources.map(({ id }) => id) }
    const { id } = await ask(api.POST('/projects', { body }))
    await queries.invalidateQueries({ queryKey: ['projects'] })
    // Where its segments are refused, the next try is about the same project.
    setProjectId(id)
    return id
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name') ?? '')
    await run(async () => {
      const id = await (projectId === NEW ? make(name) : addTo(projectId))
      if (segments) {
        const body = { segmentIds: segments.map((segment) => segment.id) }
        await ask(api.POST('/projects/{id}/segments', { params: { path: { id } }, body }))
      }
      void queries.invalidateQueries({ queryKey: ['project', id] })
      void queries.invalidateQueries({ queryKey: ['projects'] })
      const open = () =>
        navigate({
          to: '/p/$profileId/projects/$projectId',
          params: { profileId: profile.id, projectId: id },
        })
      onClose()
      if (projectId === NEW && !segments) await open()
      else toastDone(`Added ${what}`, { label: 'Open the project', onClick: () => void open() })
    })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Use ${what} in a project`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="use-in-project" busy={busy}>
            {projectId === NEW ? 'Make the project' : 'Add'}
          </Button>
        </>
      }
    >
      <form id="use-in-project" onSubmit={submit} className="space-y-4">
        {projects.length > 0 && (
          <Field label="Project">
            {({ id }) => (
              <Select
                id={id}
                value={projectId}
                onChange={setProjectId}
                choices={[
                  { value: NEW, label: 'A new project' },
                  ...projects.map((project) => ({ value: project.id, label: project.name })),
                ]}
              />
            )}
          </Field>
        )}
        {projectId === NEW && (
          <TextField
            label="Name"
            name="name"
            required
            maxLength={200}
            defaultValue={plainName(sources[0]?.name ?? '')}
            autoFocus
          />
        )}
        {error !== null && <ErrorNote error={error} />}
      </form>
    </Dialog>
  )
}
