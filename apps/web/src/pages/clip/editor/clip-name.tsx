import { useQueryClient } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { ask } from '../../../api/client.ts'
import { useStudio } from '../../../app/studio.tsx'
import { nameInProject } from '../../../data/clip-names.ts'
import type { Clip } from '../../../data/clips.ts'
import { cx } from '../../../ui/class-names.ts'
import { inputClass } from '../../../ui/field.tsx'
import { LongName } from '../../../ui/long-name.tsx'
import { toastFailed } from '../../../ui/toasts.tsx'

const LONGEST = 200

/** The name of a clip beside its project, changed where it stands: Enter keeps the new one, Escape the old one. */
export function ClipName({ clip, projectName }: { readonly clip: Clip; readonly projectName: string }) {
  const { api } = useStudio()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<string | null>(null)

  async function save(): Promise<void> {
    const name = draft?.trim() ?? ''
    setDraft(null)
    if (name === '' || name === clip.name) return
    const key = ['clip', clip.id]
    queries.setQueryData<Clip>(key, (known) => known && { ...known, name })
    try {
      const path = { id: clip.id }
      const named = await ask(api.PATCH('/clips/{id}', { params: { path }, body: { name } }))
      queries.setQueryData<Clip>(key, (known) => known && { ...known, name: named.name })
      void queries.invalidateQueries({ queryKey: ['clips'] })
    } catch (error) {
      queries.setQueryData<Clip>(key, (known) => known && { ...known, name: clip.name })
      toastFailed(error)
    }
  }

  if (draft === null)
    return (
      <h1 className="min-w-0 text-[15px] font-semibold">
        <button
          type="button"
          title="Rename"
          onClick={() => setDraft(clip.name)}
          className="group flex max-w-full items-center gap-1.5 rounded-md px-1.5 py-1 hover:bg-hover"
        >
          <LongName name={nameInProject(clip.name, projectName)} />
          <Pencil
            className="size-3.5 shrink-0 text-soft opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 max-md:hidden"
            aria-hidden
          />
        </button>
      </h1>
    )
  return (
    <>
      <h1 className="sr-only">{clip.name}</h1>
      <input
        // biome-ignore lint/a11y/noAutofocus: it takes the place of what was pressed.
        autoFocus
        aria-label="Name of the clip"
        value={draft}
        maxLength={LONGEST}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') setDraft(null)
        }}
        className={cx(inputClass, 'h-8 max-w-80 px-1.5 font-semibold')}
      />
    </>
  )
}
