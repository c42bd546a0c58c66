import { Download, Trash2, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { ask } from '../../../api/client.ts'
import { useStudio } from '../../../app/studio.tsx'
import type { Clip } from '../../../data/clips.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx'
import { MoreButton } from '../../../ui/more-button.tsx'
import { toastDone, toastFailed } from '../../../ui/toasts.tsx'
import type { ClipEdits } from '../editor/edits.ts'

interface Importing {
  readonly busy: boolean
  readonly choose: () => void
  /** Belongs on the page. */
  readonly field: React.ReactNode
}

/** Takes the captions of a file: the server reads it, whatever its encoding. */
export function useImport({ id }: Clip, edits: ClipEdits): Importing {
  const { api } = useStudio()
  const [busy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const read = async (file: File) => {
    setBusy(true)
    try {
      await edits.run('Import captions', (version) =>
        ask(
          api.PUT('/clips/{id}/captions/file', {
            params: { path: { id }, query: { version } },
            body: file as never,
            bodySerializer: (body: unknown) => body as Blob,
            headers: { 'content-type': 'application/octet-stream' },
          }),
        ),
      )
      toastDone(`Captions taken from ${file.name}.`)
    } catch (error) {
      toastFailed(error)
    } finally {
      setBusy(false)
    }
  }
  const field = (
    <input
      ref={input}
      type="file"
      hidden
      aria-label="Caption file"
      accept=".srt,.vtt,text/vtt,application/x-subrip"
      onChange={({ target }) => {
        const [file] = target.files ?? []
        if (file) void read(file)
        target.value = ''
      }}
    />
  )
  return { busy, choose: () => input.current?.click(), field }
}

export const ImportButton = ({ importing }: { readonly importing: Importing }) => (
  <>
    {importing.field}
    <Button
      look="primary"
      busy={importing.busy}
      icon={<Upload className="size-4" />}
      onClick={importing.choose}
    >
      Import a file…
    </Button>
  </>
)

interface CaptionFilesProps {
  readonly clip: Clip
  readonly importing: Importing
  /** What is downloaded is what the server has. */
  readonly isSaved: boolean
  readonly onDelete: () => void
}

/** Captions in and out as files. */
export function CaptionFiles({ clip, importing, isSaved, onDelete }: CaptionFilesProps) {
  const { file } = useStudio()
  const download = (format: 'srt' | 'vtt') => {
    const link = document.createElement('a')
    link.href = file(`/clips/${clip.id}/captions`, { format })
    link.download = ''
    link.click()
  }
  return (
    <>
      {importing.field}
      <Menu trigger={<MoreButton label="More for captions" size="small" aria-busy={importing.busy} />}>
        <MenuItem icon={<Upload className="size-4" />} onSelect={importing.choose}>
          Import a file…
        </MenuItem>
        <MenuItem icon={<Download className="size-4" />} disabled={!isSaved} onSelect={() => download('srt')}>
          Download as SRT
        </MenuItem>
        <MenuItem icon={<Download className="size-4" />} disabled={!isSaved} onSelect={() => download('vtt')}>
          Download as VTT
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<Trash2 className="size-4" />} danger onSelect={onDelete}>
          Delete all captions
        </MenuItem>
      </Menu>
    </>
  )
}
