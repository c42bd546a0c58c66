import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import { putThing } from '../../data/live.ts'
import type { Project } from '../../data/projects.ts'
import { sourcesQuery } from '../../data/sources.ts'
import { count } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { useWork } from '../../ui/use-work.ts'
import { SourcePicker } from './source-picker.tsx'

interface ProjectDialogProps {
  /** The one to change. Without, a new one is made. */
  readonly project?: Project
  /** Chosen to begin with, for a new one. */
  readonly sourceIds?: readonly string[]
  readonly onClose: () => void
  readonly onDone: (project: Project) => void
}

/** Name, brief and length of a project, and for a new one its sources. */
export function ProjectDialog({ project, sourceIds, onClose, onDone }: ProjectDialogProps) {
  const { api, profile } = useStudio()
  const queries = useQueryClient()
  const { data: sources } = useInfiniteQuery(sourcesQuery(api, { state: 'ready' }))
  const [changed, setChosen] = useState(sourceIds)
  // Where there is one source alone, it is meant.
  const chosen = changed ?? (sources?.length === 1 ? sources.map(({ id }) => id) : [])
  const { busy, error, run } = useWork()
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const told = {
      name: String(form.get('name')).trim(),
      brief: String(form.get('brief')),
      targetSeconds: Number(form.get('targetSeconds')),
    }
    await run(async () => {
      const request = project
        ? api.PATCH('/projects/{id}', { params: { path: { id: project.id } }, body: told })
        : api.POST('/projects', { body: { ...told, sourceIds: [...chosen] } })
      const done = await ask(request)
      queries.setQueryData(['project', done.id], done)
      putThing(queries, 'project', done)
      onDone(done)
    })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={project ? 'About this project' : 'New project'}
      wide={!project}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="project" busy={busy}>
            {project ? 'Save' : 'Make the project'}
          </Button>
        </>
      }
    >
      <form id="project" onSubmit={submit} className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-[1fr_9rem]">
          <TextField
            label="Name"
            name="name"
            required
            maxLength={200}
            autoFocus
            defaultValue={project?.name}
            placeholder="Summer launch"
          />
          <TextField
            label="Length, seconds"
            name="targetSeconds"
            type="number"
            required
            min={1.5}
            max={600}
            step={0.5}
            defaultValue={project?.targetSeconds ?? profile.defaults.duration}
          />
        </div>
        <TextArea
          label="Brief"
          name="brief"
          maxLength={10_000}
          defaultValue={project?.brief}
          placeholder="What the clips shall show, and to whom."
        />
        {!project && (
          <fieldset>
            <legend className="mb-1 flex w-full justify-between text-[13px] font-medium">
              Footage
              <span className="font-normal text-soft" aria-live="polite">
                {chosen.length > 0 && `${count(chosen.length, 'source')} chosen`}
              </span>
            </legend>
            <SourcePicker chosen={chosen} onChange={setChosen} />
          </fieldset>
        )}
        {error !== null && <ErrorNote error={error} />}
      </form>
    </Dialog>
  )
}
