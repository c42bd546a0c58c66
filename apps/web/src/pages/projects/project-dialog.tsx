import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { useStudio } from '../../app/studio.tsx'
import { putThing } from '../../data/live.ts'
import { type Project, projectsQuery } from '../../data/projects.ts'
import { sourcesQuery } from '../../data/sources.ts'
import { count } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { useForm } from '../../ui/use-form.ts'
import { SourcePicker } from './source-picker.tsx'
import { suggestedName } from './suggested-name.ts'

/** How long clips may be, seconds. */
const SHORTEST = 1.5
const LONGEST = 600
const isLength = (seconds: number): boolean => seconds >= SHORTEST && seconds <= LONGEST

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
  const { data: projects } = useInfiniteQuery({ ...projectsQuery(api), enabled: project === undefined })
  const names = chosen.flatMap((id) => sources?.find((source) => source.id === id)?.name ?? [])
  const suggested = project?.name ?? suggestedName(names, projects?.map(({ name }) => name) ?? [])
  const [named, setNamed] = useState<string | null>(null)
  const name = named ?? suggested
  const [brief, setBrief] = useState(project?.brief ?? '')
  const [seconds, setSeconds] = useState(String(project?.targetSeconds ?? profile.defaults.duration))
  const form = useForm(['name', 'brief', 'targetSeconds'], {
    check: () => ({
      name: name.trim() === '' ? 'A project needs a name.' : undefined,
      targetSeconds: isLength(Number(seconds)) ? undefined : `From ${SHORTEST} to ${LONGEST} seconds.`,
    }),
    work: async () => {
      const told = { name: name.trim(), brief, targetSeconds: Number(seconds) }
      const request = project
        ? api.PATCH('/projects/{id}', { params: { path: { id: project.id } }, body: told })
        : api.POST('/projects', { body: { ...told, sourceIds: [...chosen] } })
      const done = await ask(request)
      queries.setQueryData(['project', done.id], done)
      putThing(queries, 'project', done)
      onDone(done)
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={project ? 'About this project' : 'New project'}
      wide={!project}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="project" busy={form.busy}>
            {project ? 'Save' : 'Make the project'}
          </Button>
        </>
      }
    >
      <form id="project" ref={form.ref} onSubmit={form.onSubmit} noValidate className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-[1fr_9rem]">
          <TextField
            label="Name"
            maxLength={200}
            autoFocus
            value={name}
            onChange={({ target }) => setNamed(target.value)}
            // What is suggested is typed over.
            onFocus={({ target }) => target.select()}
            error={form.wrong.name}
          />
          <TextField
            label="Length, seconds"
            type="number"
            min={SHORTEST}
            max={LONGEST}
            step={0.5}
            value={seconds}
            onChange={({ target }) => setSeconds(target.value)}
            error={form.wrong.targetSeconds}
          />
        </div>
        <TextArea
          label="Brief"
          maxLength={10_000}
          value={brief}
          onChange={({ target }) => setBrief(target.value)}
          error={form.wrong.brief}
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
        {form.error !== null && <ErrorNote error={form.error} />}
      </form>
    </Dialog>
  )
}
