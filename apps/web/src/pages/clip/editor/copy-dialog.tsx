import { useState } from 'react'
import { ask, type Schemas } from '../../../api/client.ts'
import { useStudio } from '../../../app/studio.tsx'
import { nameInProject } from '../../../data/clip-names.ts'
import type { Clip } from '../../../data/clips.ts'
import { Button } from '../../../ui/button.tsx'
import { CheckBox } from '../../../ui/check.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Field } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select.tsx'
import { toastDone } from '../../../ui/toasts.tsx'
import { useClipName } from '../../../ui/use-clip-name.ts'
import { useWork } from '../../../ui/use-work.ts'
import type { ClipEdits } from './edits.ts'

type What = Schemas['CopyToClip']['what'][number]

const PARTS: readonly { readonly what: What; readonly label: string; readonly hint: string }[] = [
  { what: 'script', label: 'Script', hint: 'The words.' },
  { what: 'voice', label: 'Voice', hint: 'Who speaks, and what was spoken already.' },
  { what: 'captions', label: 'Captions', hint: 'The words that are seen, with their times.' },
  { what: 'style', label: 'Style of the captions', hint: 'How they look.' },
  { what: 'music', label: 'Music and sound', hint: "Music, and whether the sources' own sound is heard." },
  { what: 'timeline', label: 'Timeline', hint: 'The cuts.' },
]

interface CopyDialogProps {
  readonly clip: Clip
  readonly edits: ClipEdits
  /** Those that can be copied from. */
  readonly clips: readonly Clip[]
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Takes parts of another clip of the project over. */
export function CopyDialog({ clip, edits, clips, open, onOpenChange }: CopyDialogProps) {
  const { api } = useStudio()
  const [fromId, setFromId] = useState<string | null>(null)
  const [what, setWhat] = useState<ReadonlySet<What>>(new Set(['script', 'voice', 'captions', 'style']))
  const { busy, error, run } = useWork()
  const { project } = useClipName(clip.name, clip.projectId)
  const from = clips.find(({ id }) => id === fromId) ?? clips[0]
  if (from === undefined) return null
  const source = from
  const short = nameInProject(source.name, project)

  async function copy(): Promise<void> {
    await run(async () => {
      await edits.run(`Copy from ${short}`, (version) =>
        ask(
          api.POST('/clips/{id}/copy', {
            params: { path: { id: clip.id } },
            body: { version, from: source.id, what: [...what] },
          }),
        ),
      )
      onOpenChange(false)
      toastDone(`Copied from ${short}.`)
    })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Copy from another clip"
      lead="What this clip has of it now is replaced."
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="primary" busy={busy} disabled={what.size === 0} onClick={() => void copy()}>
            Copy
          </Button>
        </>
      }
    >
      <Field label="From">
        {({ id }) => (
          <Select
            id={id}
            value={source.id}
            onChange={setFromId}
            choices={clips.map(({ id: value, name }) => ({ value, label: nameInProject(name, project) }))}
          />
        )}
      </Field>
      <ul className="mt-4 space-y-2.5">
        {PARTS.map((part) => (
          <li key={part.what} className="flex gap-3">
            <CheckBox
              label={part.label}
              checked={what.has(part.what)}
              onChange={(checked) =>
                setWhat(checked ? what.union(new Set([part.what])) : what.difference(new Set([part.what])))
              }
            />
            <div className="min-w-0 leading-5">
              <span className="font-medium">{part.label}</span>
              <span className="block text-[13px] text-soft">{part.hint}</span>
            </div>
          </li>
        ))}
      </ul>
      {error !== null && <ErrorNote error={error} className="mt-3" />}
    </Dialog>
  )
}
